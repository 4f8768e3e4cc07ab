import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeSettings } from '../../src/config/read-settings.js';
import { problems, valid } from './read.js';

const secret = 'sk-a-very-secret-key';
const databaseUrl = 'postgresql://jane@localhost:5432/chat';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-secrets-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function fileWith(content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'secret-')), 'file');
  await writeFile(path, content);
  return path;
}

/** A valid value for each secret, and the settings that it requires. */
const secrets: Record<string, { value: string; beside: Record<string, string> }> = {
  DATABASE_URL: { value: 'postgresql://jane:p%40ss@localhost/chat', beside: {} },
  DATABASE_PASSWORD: { value: secret, beside: { DATABASE_URL: databaseUrl } },
  AI_API_KEY: { value: secret, beside: { AI_PROVIDER: 'openai', AI_MODEL: 'gpt' } },
  STRIPE_SECRET_KEY: { value: 'sk_test_secret', beside: {} },
  STRIPE_WEBHOOK_SECRET: { value: 'whsec_secret', beside: {} },
  SMTP_URL: { value: 'smtps://jane:secret@mail.example.com', beside: { MAIL_FROM: 'chat@example.com' } },
  TWO_FACTOR_KEY: { value: `${secret} of 32 characters`, beside: {} },
  OIDC_CLIENT_SECRET: {
    value: secret,
    beside: { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'metered-chat' },
  },
  METRICS_TOKEN: { value: secret, beside: {} },
  OTEL_EXPORTER_OTLP_HEADERS: { value: `authorization=${secret}`, beside: {} },
};

test('every secret setting is tested here', () => {
  const withFile = [...describeSettings().matchAll(/^# (\w+)_FILE=$/gm)].map(([, name]) => name);
  expect(
    withFile.filter((name) => name === undefined || !['MODELS', 'PACKAGES', 'OIDC'].includes(name)),
  ).toEqual(Object.keys(secrets));
});

describe.each(Object.entries(secrets))('%s', (name, { value, beside }) => {
  const inFile = async (content: string | Uint8Array) => ({
    ...beside,
    [`${name}_FILE`]: await fileWith(content),
  });

  test('may be in a file, with one newline at its end or none', async () => {
    const expected = valid({ ...beside, [name]: value });
    for (const end of ['', '\n', '\r\n']) expect(valid(await inFile(value + end))).toEqual(expected);
    expect(valid({ ...(await inFile(value)), [name]: ' ' })).toEqual(expected);
  });

  test('is rejected if it is set twice or its file cannot be used; no problem repeats it', async () => {
    const variable = `${name}_FILE`;
    expect(problems({ ...(await inFile(value)), [name]: value })).toEqual([
      `${name} and ${variable} are both set; remove one`,
    ]);
    const missing = join(folder, secret);
    expect(problems({ ...beside, [variable]: missing })).toEqual([
      `${variable} names a file that does not exist`,
    ]);
    const isFolder = join(folder, `folder-${name}`);
    await mkdir(isFolder);
    expect(problems({ ...beside, [variable]: isFolder })).toEqual([
      `${variable} names a file that is a folder`,
    ]);
    for (const nothing of ['', '\n', '\uFEFF\n']) {
      expect(problems(await inFile(nothing))).toEqual([`${variable} names an empty file`]);
    }
    for (const strange of [`${value}\n\n`, `${value}\n${value}`, new Uint8Array([0xff, 0xfe, 0x41, 0])]) {
      expect(problems(await inFile(strange))).toEqual([
        `${variable} names a file that is not one line of UTF-8 text`,
      ]);
    }
  });
});

/** The connection that the driver reads from a URL. */
function connectionOf(url: string) {
  const { host, port, user, database, password, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, database, password, ssl };
}

describe('DATABASE_PASSWORD', () => {
  test.each([
    ['postgresql://jane@localhost:5432/chat', secret],
    ['postgresql://jane@localhost/chat?sslmode=disable&application_name=x', ' p@ss:w%rd/?#&+=ü '],
  ])('reaches the driver unchanged, with the URL %s', async (url, password) => {
    const { DATABASE_URL } = valid({ DATABASE_URL: url, DATABASE_PASSWORD_FILE: await fileWith(password) });
    expect(connectionOf(DATABASE_URL ?? '')).toEqual({ ...connectionOf(url), password });
  });

  test('requires a DATABASE_URL without a password', () => {
    expect(problems({ DATABASE_PASSWORD: secret })).toEqual(['DATABASE_PASSWORD requires DATABASE_URL']);
    for (const url of ['postgresql://jane:doe@localhost/chat', 'postgresql://localhost/chat?password=doe']) {
      expect(problems({ DATABASE_URL: url, DATABASE_PASSWORD: secret })).toEqual([
        'DATABASE_URL contains a password already; remove it or DATABASE_PASSWORD',
      ]);
    }
  });
});

describe('the key of a model in a models file', () => {
  const modelsFile = () =>
    fileWith(
      JSON.stringify({
        models: [{ name: 'large', provider: 'anthropic', api_key_env: 'LARGE_KEY', upstream: 'claude' }],
      }),
    );

  test('may be in the file that the variable with the suffix _FILE names', async () => {
    const { models } = valid({
      MODELS_FILE: await modelsFile(),
      LARGE_KEY_FILE: await fileWith(`${secret}\n`),
    });
    expect(models[0].connection).toMatchObject({ apiKey: secret });
  });

  test('is rejected if it is set twice or its file cannot be used', async () => {
    const MODELS_FILE = await modelsFile();
    expect(problems({ MODELS_FILE, LARGE_KEY: secret, LARGE_KEY_FILE: await fileWith(secret) })).toEqual([
      'MODELS_FILE: the model "large" requires an API key: LARGE_KEY and LARGE_KEY_FILE are both set; remove one',
    ]);
    expect(problems({ MODELS_FILE, LARGE_KEY_FILE: join(folder, secret) })).toEqual([
      'MODELS_FILE: the model "large" requires an API key: LARGE_KEY_FILE names a file that does not exist',
    ]);
    expect(problems({ MODELS_FILE, LARGE_KEY_FILE: await fileWith('two words') })).toEqual([
      'MODELS_FILE: the model "large" requires an API key: LARGE_KEY must be printable ASCII characters without spaces',
    ]);
  });
});
