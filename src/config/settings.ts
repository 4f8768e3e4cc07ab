import proxyAddress from 'proxy-addr';
import * as v from 'valibot';
import { validateConnectionUrl } from '../adapters/postgres/connection-url.js';
import { validateSchemaName } from '../adapters/postgres/schema.js';
import { emailFaults } from '../domain/users/user.js';
import { duration, longestTimer, millisecondsOf } from './durations.js';
import type { ModelDescriptions } from './models-file.js';
import { readModels, type ModelSettings } from './models.js';
import { apiKey, baseUrl, modelName, providers } from './provider-values.js';
import { fileVariable, withSecretFiles } from './secret-files.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** So many in a window of so long, which a timer has to wait for. */
function rate() {
  const message = `must be a rate such as 60/1m or 20/1h, within at most ${longestTimer}`;
  return v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,5}\/[1-9]\d{0,5}[smhd]$/, message),
    v.transform((text) => {
      const [max = '', window = ''] = text.split('/');
      return { max: Number(max), windowMs: millisecondsOf(window) };
    }),
    v.check(({ windowMs }) => windowMs <= millisecondsOf(longestTimer), message),
  );
}

function wholeNumber(from: number, to: number) {
  const message = `must be a whole number from ${from} to ${to}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,16}$/, message),
    v.transform(Number),
    v.minValue(from, message),
    v.maxValue(to, message),
  );
}

/** A number of bytes, as `524288`, `512KiB` or `4MiB`. */
function byteSize(least: string, most: string) {
  const message = `must be a size such as 4MiB, 512KiB or 1048576, from ${least} to ${most}`;
  return v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,11}(?:B|KiB|MiB)?$/, message),
    v.transform(bytesOf),
    v.minValue(bytesOf(least), message),
    v.maxValue(bytesOf(most), message),
  );
}

function bytesOf(size: string): number {
  const unit = size.endsWith('MiB') ? 1024 * 1024 : size.endsWith('KiB') ? 1024 : 1;
  return Number.parseInt(size, 10) * unit;
}

const postgresUrl = v.pipe(
  v.string(),
  v.check(
    (text) => validateConnectionUrl(text) === null,
    ({ input }) => validateConnectionUrl(input) ?? '',
  ),
);

const schemaName = v.pipe(
  v.string(),
  v.check(
    (text) => validateSchemaName(text) === null,
    ({ input }) => validateSchemaName(input) ?? '',
  ),
);

const origins = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((origin) => origin.trim())),
  v.array(
    v.pipe(
      v.string(),
      v.check(isOrigin, 'must be origins such as https://app.example.com, separated by commas'),
    ),
  ),
);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const publicUrl = v.pipe(
  v.string(),
  v.check(isPublicUrl, 'must be a URL such as https://chat.example.com'),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isPublicUrl(text: string): boolean {
  // No cookie could be limited to a path with a semicolon.
  if (!/^https?:\/\/[^\s?#@;]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).href.replace(/\/$/, '') === text.replace(/\/+$/, '');
}

const smtpUrl = v.pipe(
  v.string(),
  v.check(isSmtpUrl, 'must be a URL such as smtps://user:password@mail.example.com or smtp://localhost:1025'),
);

/** What a URL could say beyond that would not be heeded, so that it is refused. */
function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\/[^\s?#/]+\/?$/.test(text) || !URL.canParse(text)) return false;
  try {
    decodeURIComponent(text);
    return new URL(text).hostname !== '';
  } catch {
    return false;
  }
}

const sender = v.pipe(
  v.string(),
  v.transform((text) => /^(?:"?([^"<>\p{C}]*?)"?\s*<([^<>]*)>|([^<>]*))$/u.exec(text)),
  v.check(
    (parts) => parts !== null && emailFaults(parts[2] ?? parts[3] ?? '').length === 0,
    'must be an address such as chat@example.com or Metered Chat <chat@example.com>',
  ),
  v.transform((parts) => ({ name: parts?.[1]?.trim() ?? '', address: parts?.[2] ?? parts?.[3] ?? '' })),
);

const proxies = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((proxy) => proxy.trim())),
  v.check(areProxies, 'must be addresses or networks such as 10.0.0.0/8, separated by commas'),
);

function areProxies(proxies: string[]): boolean {
  try {
    proxyAddress.compile(proxies);
    return true;
  } catch {
    return false;
  }
}

const noTime = v.pipe(
  v.literal('0s'),
  v.transform(() => 0),
);

const never = v.pipe(
  v.literal('off'),
  v.transform(() => null),
);

const share = v.pipe(
  v.string(),
  v.regex(/^(0|1|0?\.\d{1,9}|1\.0+)$/, 'must be a share from 0 to 1, such as 0.1'),
  v.transform(Number),
);

const collectorHeaders = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((header) => header.trim())),
  v.array(
    v.pipe(v.string(), v.check(isCollectorHeader, 'must be headers such as name=value, separated by commas')),
  ),
  v.transform((headers) =>
    Object.fromEntries(
      headers.map((header) => {
        const [name = '', ...value] = header.split('=');
        return [name, decodeURIComponent(value.join('='))];
      }),
    ),
  ),
);

/** Values are percent-encoded, as OpenTelemetry has them. */
function isCollectorHeader(text: string): boolean {
  if (!/^[A-Za-z0-9!#$&'*.^_`|~+-]+=[\x21-\x7E]+$/.test(text)) return false;
  try {
    return /^[\x20-\x7E]*$/.test(decodeURIComponent(text.slice(text.indexOf('=') + 1)));
  } catch {
    return false;
  }
}

/** Every setting: how its text is read, what stands when it is absent, and what it means. */
const definitions = {
  PORT: define(wholeNumber(0, 65_535), '8000', 'the port it listens on; 0 takes a free one'),
  HOST: define(v.string(), '127.0.0.1', 'the address it listens on; 0.0.0.0 for every one'),
  PUBLIC_URL: define(
    publicUrl,
    null,
    'where browsers reach it, with the path that it is below, if any; without it, http://localhost:$PORT',
  ),
  DATABASE_URL: defineSecret(
    postgresUrl,
    'a PostgreSQL, with ?sslmode=verify-full&sslrootcert=/path for TLS; without it, the embedded database in DATA_DIR',
  ),
  DATABASE_PASSWORD: defineSecret(v.string(), 'the password for DATABASE_URL, if the URL has none'),
  DATABASE_POOL_SIZE: define(wholeNumber(1, 1000), '16', 'the most connections to that PostgreSQL'),
  DATABASE_POOLER: define(
    v.picklist(['none', 'transaction'], 'must be none or transaction'),
    'none',
    'transaction where DATABASE_URL is a PgBouncer, or its like, in transaction mode',
  ),
  DATABASE_SCHEMA: define(
    schemaName,
    'public',
    'the schema of its tables in that PostgreSQL; it is made if it is missing, and no other is read or changed',
  ),
  DATA_DIR: define(
    v.string(),
    './data',
    'the folder of the embedded database, and of mails where there is no SMTP_URL',
  ),
  SMTP_URL: defineSecret(smtpUrl, 'the server that sends mails; without it they are files in DATA_DIR/mail'),
  MAIL_FROM: define(sender, null, 'who mails are from; needed with SMTP_URL'),
  REQUIRE_VERIFIED_EMAIL: define(
    v.pipe(
      v.picklist(['true', 'false'], 'must be true or false'),
      v.transform((text) => text === 'true'),
    ),
    'false',
    'whether chat needs a confirmed email',
  ),
  STARTING_TOKENS: define(wholeNumber(0, Number.MAX_SAFE_INTEGER), '4000', 'what a new account is granted'),
  TOKENS_PER_MESSAGE: define(wholeNumber(0, Number.MAX_SAFE_INTEGER), '100', 'what a message costs'),
  MAX_MESSAGE_CHARS: define(
    wholeNumber(1, 100_000_000),
    null,
    'the longest message, in characters; without it, three for each token that the model reads',
  ),
  MAX_BODY: define(
    byteSize('1KiB', '64MiB'),
    '4MiB',
    'the largest body of a request to chat, in B, KiB or MiB; all other bodies are 1MiB at most',
  ),
  ACCESS_TOKEN_TTL: define(duration(), '24h', 'how long an access token is good for'),
  REFRESH_TOKEN_TTL: define(duration(), '30d', 'how long a session lasts that nobody uses'),
  BCRYPT_COST: define(wholeNumber(10, 15), '12', 'the work of one password hash; each step doubles it'),
  SIGN_IN_QUEUE: define(
    duration(longestTimer),
    '10s',
    'how much password hashing may wait, by how long it takes; more is refused at once',
  ),
  HOLD_TTL: define(duration(), '10m', 'after which an unfinished chat gives back what it holds'),
  HOLD_LEASE: define(
    duration(longestTimer),
    '30s',
    'for how long holds and idempotency keys outlive their server',
  ),
  AI_PROVIDER: define(
    v.picklist(providers, `must be one of ${providers.join(', ')}`),
    'echo',
    `who answers: ${providers.join(', ')}`,
  ),
  AI_BASE_URL: define(
    baseUrl,
    null,
    'where the provider is, with /v1; needed for openai-compatible, else its own address',
  ),
  AI_API_KEY: defineSecret(apiKey, 'the key that the provider asks for; needed for openai and anthropic'),
  AI_MODEL: define(modelName, null, 'what the provider calls the model, and we too; needed but for echo'),
  AI_FIRST_CHUNK_TIMEOUT: define(
    duration(longestTimer),
    '30s',
    'how long a model may take to its first sign of life; AI_FIRST_PIECE_TIMEOUT is its old name',
    'AI_FIRST_PIECE_TIMEOUT',
  ),
  AI_IDLE_TIMEOUT: define(duration(longestTimer), '30s', 'how long a model may be silent after that'),
  AI_TOTAL_TIMEOUT: define(
    duration(longestTimer),
    '5m',
    'how long a model may take altogether; HOLD_TTL must exceed it',
  ),
  AI_RETRIES: define(
    wholeNumber(0, 10),
    '1',
    'how often a model is asked again that failed before its first piece',
  ),
  STREAM_KEEP_ALIVE: define(
    duration(longestTimer),
    '5s',
    'how long a stream may send nothing, not even headers: then it sends a comment',
  ),
  WRITE_TIMEOUT: define(duration(longestTimer), '30s', 'how long a client may leave its stream unread'),
  MAX_REPLY_CHARS: define(
    wholeNumber(1, 10_000_000),
    '200000',
    'the longest reply, in characters; a longer one is a failure of the provider',
  ),
  MODELS_FILE: define(
    v.string(),
    null,
    'a JSON file of several models, in place of AI_PROVIDER, AI_BASE_URL, AI_API_KEY and AI_MODEL',
  ),
  RATE_LIMIT: define(
    v.picklist(['on', 'off'], 'must be on or off'),
    'on',
    'off lifts every limit below, for tests and benchmarks',
  ),
  RATE_LIMIT_CHAT: define(rate(), '60/1m', 'messages of one account'),
  RATE_LIMIT_LOGIN: define(rate(), '10/15m', 'wrong passwords for one account from one address'),
  RATE_LIMIT_LOGIN_ADDRESS: define(rate(), '50/15m', 'wrong passwords from one address'),
  RATE_LIMIT_LOGIN_ACCOUNT: define(rate(), '100/15m', 'wrong passwords for one account from anywhere'),
  RATE_LIMIT_REGISTER: define(rate(), '20/1h', 'registrations from one address'),
  RATE_LIMIT_REFRESH: define(rate(), '300/1m', 'refreshed sessions from one address'),
  RATE_LIMIT_FORGOT: define(
    rate(),
    '5/1h',
    'mails asked for to one email: for a forgotten password, or to confirm it',
  ),
  RATE_LIMIT_FORGOT_ADDRESS: define(rate(), '20/1h', 'mails asked for from one address'),
  RATE_LIMIT_NOTICES: define(
    rate(),
    '20/1h',
    'mails to one email about a changed password or a new API key; more are not sent',
  ),
  TRUSTED_PROXIES: define(
    proxies,
    null,
    'addresses or networks whose X-Forwarded-For counts, separated by commas',
  ),
  CORS_ORIGINS: define(origins, null, 'origins whose pages may call the API, separated by commas'),
  METRICS_TOKEN: defineSecret(
    apiKey,
    'the bearer that /metrics asks of callers from elsewhere; without it, only programs on this machine may read it',
  ),
  LEDGER_CHECK_INTERVAL: define(
    v.union(
      [duration(longestTimer), never],
      `must be off or a duration such as 15m, at most ${longestTimer}`,
    ),
    '15m',
    'how often the whole ledger is checked at most, for /metrics and the log; off for never',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: define(
    baseUrl,
    null,
    'a collector that takes traces by OTLP over HTTP, such as http://localhost:4318; without it nothing is traced',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: defineSecret(
    collectorHeaders,
    'headers that the collector asks for, as name=value, separated by commas',
  ),
  OTEL_SERVICE_NAME: define(v.string(), 'metered-chat', 'what traces call this server'),
  OTEL_TRACES_SAMPLER_ARG: define(
    share,
    '1',
    'the share of requests that are traced, from 0 to 1, where their callers do not say',
  ),
  DRAIN_DELAY: define(
    v.union(
      [noTime, duration(longestTimer)],
      `must be a duration such as 0s or 15s, at most ${longestTimer}`,
    ),
    '0s',
    'how long a stop goes on taking requests, though it is not ready any more, before SHUTDOWN_TIMEOUT begins',
  ),
  SHUTDOWN_TIMEOUT: define(duration(longestTimer), '10s', 'how long a stop waits for requests under way'),
  LOG_LEVEL: define(
    v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`),
    'info',
    'how much is logged',
  ),
};

type Definitions = typeof definitions;

/** Each setting's value; durations in milliseconds, absent ones null. */
type SettingValues = { [Name in keyof Definitions]: ReturnType<Definitions[Name]['read']> };

/** The settings as the rest of the program sees them, and the models that they describe. */
export type Settings = SettingValues & { models: ModelDescriptions };

export type ReadSettings =
  { outcome: 'valid'; settings: Settings } | { outcome: 'invalid'; faults: string[] };

/**
 * Reads and validates an environment; an empty value counts as absent. A secret may be in the file that its name and
 * `_FILE` name. Every fault is named at once.
 */
export function readSettings(given: Record<string, string | undefined>): ReadSettings {
  const { environment, faults: secretFaults } = withSecretFiles(given, secretNames());
  const faults = [...secretFaults.values()];
  const settings: Record<string, unknown> = {};
  const textOf = (name: string | null) => (name === null ? '' : (environment[name]?.trim() ?? ''));
  for (const [name, definition] of Object.entries(definitions)) {
    const { oldName } = definition;
    const [text, oldText] = [textOf(name), textOf(oldName)];
    if (text !== '' && oldText !== '' && text !== oldText) {
      faults.push(`${oldName ?? ''} is the old name of ${name}, and has another value`);
    }
    try {
      settings[name] = definition.read(definition.isSecret ? environment[name] : text || oldText);
    } catch (error) {
      if (!v.isValiError(error)) throw error;
      faults.push(`${text === '' ? (oldName ?? name) : name} ${error.issues[0].message}`);
      // For the checks of what goes together, so that they are named at once as well.
      settings[name] = definition.read(undefined);
    }
  }
  const isGiven = (name: string) => secretFaults.has(name) || Boolean(environment[name]?.trim());
  if (isGiven('SMTP_URL') && !isGiven('MAIL_FROM')) faults.push('MAIL_FROM is needed with SMTP_URL');
  const values = settings as SettingValues;
  faults.push(...passwordFaults(values, isGiven));
  const { models, faults: modelFaults } = readModels(values satisfies ModelSettings, environment, isGiven);
  if (models === null || faults.length > 0)
    return { outcome: 'invalid', faults: [...faults, ...modelFaults] };
  return { outcome: 'valid', settings: { ...values, DATABASE_URL: databaseUrlOf(values), models } };
}

function passwordFaults({ DATABASE_URL: url }: SettingValues, isGiven: (name: string) => boolean): string[] {
  if (!isGiven('DATABASE_PASSWORD')) return [];
  if (!isGiven('DATABASE_URL')) return ['DATABASE_PASSWORD is for a DATABASE_URL, and there is none'];
  const hasPassword = url !== null && /^\w+:\/\/[^/?#]*:[^/?#]+@|[?&]password=/.test(url);
  return hasPassword ? ['DATABASE_PASSWORD is given, and DATABASE_URL has a password already'] : [];
}

/** The URL with the password in it, where the drivers look for it. */
function databaseUrlOf({ DATABASE_URL: url, DATABASE_PASSWORD: password }: SettingValues): string | null {
  if (url === null || password === null) return url;
  const [address = '', fragment] = url.split('#');
  const parameter = `${address.includes('?') ? '&' : '?'}password=${encodeURIComponent(password)}`;
  return address + parameter + (fragment === undefined ? '' : `#${fragment}`);
}

function secretNames(): string[] {
  return Object.entries(definitions).flatMap(([name, { isSecret }]) => (isSecret ? [name] : []));
}

/** Every setting with its default and meaning, in the form of a commented `.env` file. */
export function describeSettings(): string {
  const lines = Object.entries(definitions).flatMap(([name, { fallback, means, isSecret }]) => [
    `# ${means}`,
    `${fallback === null ? '# ' : ''}${name}=${fallback ?? ''}`,
    ...(isSecret ? [`# a file that holds ${name}, in place of it`, `# ${fileVariable(name)}=`] : []),
  ]);
  return lines.join('\n');
}

function define<Output, Fallback extends string | null>(
  schema: v.GenericSchema<string, Output>,
  fallback: Fallback,
  means: string,
  oldName: string | null = null,
) {
  const read = (text: string | undefined): Output | (Fallback extends null ? null : never) => {
    const given = text === undefined || text === '' ? fallback : text;
    return given === null ? (null as Fallback extends null ? null : never) : v.parse(schema, given);
  };
  return { read, fallback, means, oldName, isSecret: false };
}

/** A setting that is kept secret: it has no default, and a file may hold it, which `NAME_FILE` names. */
function defineSecret<Output>(schema: v.GenericSchema<string, Output>, means: string) {
  return { ...define(schema, null, means), isSecret: true };
}
