import * as v from 'valibot';
import type { ModelConnection } from '../adapters/ai/providers.js';
import type { ModelOffer, Price } from '../domain/chat/model-offer.js';
import { offerProblems } from '../domain/chat/offer-chain.js';
import { duration, longestTimer } from './durations.js';
import { apiKey, baseUrl, modelName, providers } from './provider-values.js';
import { readSecret } from './secret-files.js';

/** A model on offer before it is connected. */
export interface ModelDescription extends Omit<ModelOffer, 'model'> {
  connection: ModelConnection;
}

/** At least one; the first one answers when none is named. */
export type ModelDescriptions = readonly [ModelDescription, ...ModelDescription[]];

/** What stands where a model says nothing of its own. */
export type ModelDefaults = Omit<ModelDescription, 'connection' | 'name' | 'system' | 'fallback'>;

/** Models, or all that is wrong with their description; no fault repeats a value. */
export type ReadModels = { models: ModelDescriptions; faults: [] } | { models: null; faults: string[] };

type Environment = Readonly<Record<string, string | undefined>>;

const text = v.string('must be a text');
const count = wholeNumber(1, 1_000_000_000);
const rate = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const timeout = duration(longestTimer);

const price = v.pipe(
  v.strictObject({
    per_message: v.optional(rate),
    per_1k_input: v.optional(rate),
    per_1k_output: v.optional(rate),
  }),
  v.check(
    ({ per_message: flat, per_1k_input: input, per_1k_output: output }) =>
      flat === undefined ? input !== undefined && output !== undefined : (input ?? output) === undefined,
    'must be per_message alone, or per_1k_input and per_1k_output',
  ),
);

const model = v.strictObject({
  name: modelName,
  provider: v.picklist(providers, `must be one of ${providers.join(', ')}`),
  base_url: v.optional(baseUrl),
  api_key_env: v.optional(v.pipe(text, v.regex(/^\w+$/, 'must be the name of a variable'))),
  upstream: v.optional(modelName),
  price: v.optional(price),
  context_tokens: v.optional(count),
  max_output_tokens: v.optional(count),
  system: v.optional(text),
  first_chunk_timeout: v.optional(timeout),
  first_piece_timeout: v.optional(timeout),
  idle_timeout: v.optional(timeout),
  total_timeout: v.optional(timeout),
  retries: v.optional(wholeNumber(0, 10)),
  fallback: v.optional(modelName),
});

const modelsFile = v.strictObject({
  default: v.optional(modelName),
  models: v.pipe(v.array(model, 'must be a list'), v.minLength(1, 'must have at least one model')),
});

type FileModel = v.InferOutput<typeof model>;

/** Reads a models file. Keys are taken from the variables that it names, or from files; every fault is named at once. */
export function readModelsFile(json: string, environment: Environment, defaults: ModelDefaults): ReadModels {
  const parsed = v.safeParse(modelsFile, jsonOf(json));
  if (!parsed.success) return { models: null, faults: parsed.issues.map(faultOf) };
  const { default: preferred, models: described } = parsed.output;
  const models = described.map((one) => describe(one, environment, defaults));
  const first = models.find(({ name }) => name === (preferred ?? described[0]?.name));
  const faults = [
    ...described.flatMap((one) => connectionFaults(one, environment)),
    ...described.flatMap(nameFaults),
    ...models.flatMap(roomFaults),
    ...offerProblems(models),
    ...(first === undefined ? ['default is the name of no model'] : []),
  ];
  if (first === undefined || faults.length > 0) return { models: null, faults };
  return { models: [first, ...models.filter((one) => one !== first)], faults: [] };
}

function describe(one: FileModel, environment: Environment, defaults: ModelDefaults): ModelDescription {
  return {
    name: one.name,
    connection: connectionOf(one, environment),
    price: one.price === undefined ? defaults.price : priceOf(one.price),
    contextTokens: one.context_tokens ?? defaults.contextTokens,
    maxOutputTokens: one.max_output_tokens ?? defaults.maxOutputTokens,
    system: one.system ?? null,
    firstChunkTimeoutMs: one.first_chunk_timeout ?? one.first_piece_timeout ?? defaults.firstChunkTimeoutMs,
    idleTimeoutMs: one.idle_timeout ?? defaults.idleTimeoutMs,
    totalTimeoutMs: one.total_timeout ?? defaults.totalTimeoutMs,
    maxReplyChars: defaults.maxReplyChars,
    retries: one.retries ?? defaults.retries,
    fallback: one.fallback ?? null,
  };
}

function priceOf(given: v.InferOutput<typeof price>): Price {
  if (given.per_message !== undefined) return { perMessage: given.per_message };
  return { per1kInput: given.per_1k_input ?? 0, per1kOutput: given.per_1k_output ?? 0 };
}

/** Complete only where `connectionFaults` finds none. */
function connectionOf(one: FileModel, environment: Environment): ModelConnection {
  const { provider, upstream = '' } = one;
  const key = keyOf(one, environment);
  switch (provider) {
    case 'echo':
      return { provider };
    case 'openai-compatible':
      return { provider, baseUrl: one.base_url ?? '', apiKey: key, upstream };
    case 'openai':
    case 'anthropic':
      return { provider, baseUrl: one.base_url ?? null, apiKey: key ?? '', upstream };
  }
}

function keyOf({ api_key_env: variable = '' }: FileModel, environment: Environment): string | null {
  return readSecret(environment, variable).value ?? null;
}

const neededBy: Record<FileModel['provider'], readonly ('base_url' | 'api_key_env' | 'upstream')[]> = {
  echo: [],
  'openai-compatible': ['base_url', 'upstream'],
  openai: ['api_key_env', 'upstream'],
  anthropic: ['api_key_env', 'upstream'],
};

function connectionFaults(one: FileModel, environment: Environment): string[] {
  const { name, provider, api_key_env: variable } = one;
  const missing = neededBy[provider].filter((key) => one[key] === undefined);
  const idle = provider === 'echo' ? (['base_url', 'api_key_env', 'upstream'] as const) : [];
  const keyFault = variable === undefined ? null : keyFaultOf(variable, environment);
  return [
    ...missing.map((key) => `the model "${name}" needs ${key} for ${provider}`),
    ...idle.filter((key) => one[key] !== undefined).map((key) => `the model "${name}" has no use for ${key}`),
    ...(keyFault === null ? [] : [`the model "${name}" ${keyFault}`]),
  ];
}

function keyFaultOf(variable: string, environment: Environment): string | null {
  const { value, fault } = readSecret(environment, variable);
  if (fault !== null) return `needs its key: ${fault}`;
  return v.is(apiKey, value) ? null : `needs a key in the variable ${variable}`;
}

function nameFaults(one: FileModel): string[] {
  const { first_chunk_timeout: chunk = null, first_piece_timeout: piece = chunk } = one;
  if (chunk === null || chunk === piece) return [];
  return [
    `the model "${one.name}" has another first_piece_timeout, which is the old name of first_chunk_timeout`,
  ];
}

function roomFaults({ name, contextTokens, maxOutputTokens }: ModelDescription): string[] {
  if (maxOutputTokens < contextTokens) return [];
  return [`the model "${name}" leaves no room for messages: max_output_tokens must be below context_tokens`];
}

/** Undefined for what is no JSON; no model file is that. */
function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function faultOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path
    ?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  if (path === undefined) return issue.input === undefined ? 'is no JSON' : 'must be a JSON object';
  return `${path.slice(1)} ${reasonOf(issue)}`;
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  if (issue.expected === 'never') return 'is not known';
  return issue.received === 'undefined' ? 'is missing' : 'must be an object';
}

function wholeNumber(from: number, to: number) {
  const message = `must be a whole number from ${from} to ${to}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(from, message), v.maxValue(to, message));
}
