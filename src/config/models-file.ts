import * as v from 'valibot';
import type { ModelConnection } from '../adapters/ai/providers.js';
import { modelCapabilities, offerProblems, type ModelOffer } from '../domain/chat/model-offer.js';
import { forEachRate, rateFields, rateNames, type Price, type Rates } from '../domain/metering/price.js';
import type { Environment } from './environment.js';
import { parseJson, problemOf, wholeNumber } from './json-file.js';
import {
  connectionFields,
  connectionOf,
  defaultCapabilities,
  knownImageTokens,
  requiredFields,
} from './model-connection.js';
import { readSecret } from './secret-files.js';
import { timeout } from './values/durations.js';
import { apiKey, baseUrl, modelName, providers } from './values/provider.js';

/** A model and its terms, before it is connected. */
export interface ModelDescription extends Omit<ModelOffer, 'model'> {
  connection: ModelConnection;
}

/** At least one; the first is the default. */
export type ModelDescriptions = readonly [ModelDescription, ...ModelDescription[]];

/** The terms of a model that states none itself. */
export type ModelDefaults = Omit<
  ModelDescription,
  'connection' | 'name' | 'system' | 'fallback' | 'capabilities'
>;

/** Models, or every problem of their description; no problem repeats a value. */
export type ReadModels = { models: ModelDescriptions; problems: [] } | { models: null; problems: string[] };

const string = v.string('must be a string');
const count = wholeNumber(1, 1_000_000_000);
const rate = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const price = v.pipe(
  v.strictObject({ per_message: v.optional(rate), ...forEachRate(v.optional(rate)) }),
  v.check(
    ({ per_message: flat, ...rates }) =>
      (flat === undefined) === Object.values(rates).some((one) => one !== undefined),
    'must be per_message alone, or at least one other rate',
  ),
  v.check(
    (rates) => rates.per_1k_input === undefined || rates.per_1m_input === undefined,
    'must have only one of per_1k_input and per_1m_input',
  ),
  v.check(
    (rates) => rates.per_1k_output === undefined || rates.per_1m_output === undefined,
    'must have only one of per_1k_output and per_1m_output',
  ),
);

const capabilities = v.array(
  v.picklist(modelCapabilities, `must be one of ${modelCapabilities.join(', ')}`),
  'must be a list',
);

const model = v.strictObject({
  name: modelName,
  provider: v.picklist(providers, `must be one of ${providers.join(', ')}`),
  base_url: v.optional(baseUrl),
  api_key_env: v.optional(v.pipe(string, v.regex(/^\w+$/, 'must be the name of a variable'))),
  upstream: v.optional(modelName),
  price: v.optional(price),
  context_tokens: v.optional(count),
  max_output_tokens: v.optional(count),
  image_tokens: v.optional(count),
  system: v.optional(string),
  first_chunk_timeout: v.optional(timeout()),
  /** The old name of `first_chunk_timeout`. */
  first_piece_timeout: v.optional(timeout()),
  idle_timeout: v.optional(timeout()),
  total_timeout: v.optional(timeout()),
  retries: v.optional(wholeNumber(0, 10)),
  fallback: v.optional(modelName),
  capabilities: v.optional(capabilities),
});

const modelsFile = v.strictObject({
  default: v.optional(modelName),
  models: v.pipe(v.array(model, 'must be a list'), v.minLength(1, 'must have at least one model')),
});

type FileModel = v.InferOutput<typeof model>;

/**
 * Reads a models file. API keys are read from the variables that the file names, or from the files that `…_FILE`
 * variables name. Returns all problems at once.
 */
export function readModelsFile(json: string, environment: Environment, defaults: ModelDefaults): ReadModels {
  const parsed = v.safeParse(modelsFile, parseJson(json));
  if (!parsed.success) return { models: null, problems: parsed.issues.map(problemOf) };
  const { default: defaultName, models: fileModels } = parsed.output;
  const models = fileModels.map((fileModel) => describe(fileModel, environment, defaults));
  const first = models.find(({ name }) => name === (defaultName ?? fileModels[0]?.name));
  const problems = [
    ...fileModels.flatMap((fileModel) => connectionProblems(fileModel, environment)),
    ...fileModels.flatMap(aliasProblems),
    ...models.flatMap(contextProblems),
    ...offerProblems(models),
    ...(first === undefined ? ['default must be the name of one of the models'] : []),
  ];
  if (first === undefined || problems.length > 0) return { models: null, problems };
  return { models: [first, ...models.filter((one) => one !== first)], problems: [] };
}

function describe(fileModel: FileModel, environment: Environment, defaults: ModelDefaults): ModelDescription {
  const imageTokens = fileModel.image_tokens ?? knownImageTokens(fileModel.upstream ?? null);
  return {
    name: fileModel.name,
    connection: connectionOf(fileModel.provider, {
      baseUrl: fileModel.base_url ?? null,
      apiKey: readSecret(environment, fileModel.api_key_env ?? '').value ?? null,
      upstream: fileModel.upstream ?? null,
    }),
    price: fileModel.price === undefined ? defaults.price : priceOf(fileModel.price),
    contextTokens: fileModel.context_tokens ?? defaults.contextTokens,
    maxOutputTokens: fileModel.max_output_tokens ?? defaults.maxOutputTokens,
    ...(imageTokens === null ? {} : { imageTokens }),
    system: fileModel.system ?? null,
    firstChunkTimeoutMs:
      fileModel.first_chunk_timeout ?? fileModel.first_piece_timeout ?? defaults.firstChunkTimeoutMs,
    idleTimeoutMs: fileModel.idle_timeout ?? defaults.idleTimeoutMs,
    totalTimeoutMs: fileModel.total_timeout ?? defaults.totalTimeoutMs,
    maxReplyChars: defaults.maxReplyChars,
    retries: fileModel.retries ?? defaults.retries,
    fallback: fileModel.fallback ?? null,
    capabilities: fileModel.capabilities ?? defaultCapabilities[fileModel.provider],
  };
}

function priceOf(filePrice: v.InferOutput<typeof price>): Price {
  if (filePrice.per_message !== undefined) return { perMessage: filePrice.per_message };
  const rates: Rates = {};
  for (const name of rateNames) {
    const given = filePrice[rateFields[name]];
    if (given !== undefined) rates[name] = given;
  }
  return rates;
}

const connectionKeys = { baseUrl: 'base_url', apiKey: 'api_key_env', upstream: 'upstream' } as const;

function connectionProblems(fileModel: FileModel, environment: Environment): string[] {
  const { name, provider, api_key_env: variable } = fileModel;
  const missing = requiredFields[provider]
    .map((field) => connectionKeys[field])
    .filter((key) => fileModel[key] === undefined);
  const unused = (provider === 'echo' ? connectionFields : [])
    .map((field) => connectionKeys[field])
    .filter((key) => fileModel[key] !== undefined);
  const cannot = provider === 'echo' ? (fileModel.capabilities ?? []) : [];
  const keyProblem = variable === undefined ? null : apiKeyProblem(variable, environment);
  return [
    ...missing.map((key) => `the model "${name}" requires ${key} for ${provider}`),
    ...unused.map((key) => `the model "${name}" must not have ${key} for echo`),
    ...(cannot.length === 0 ? [] : [`the model "${name}" must not have capabilities for echo`]),
    ...(keyProblem === null ? [] : [`the model "${name}" requires an API key: ${keyProblem}`]),
  ];
}

function apiKeyProblem(variable: string, environment: Environment): string | null {
  const { value, problem } = readSecret(environment, variable);
  if (problem !== null) return problem;
  if (value === undefined) return `set ${variable} to it`;
  const parsed = v.safeParse(apiKey, value);
  return parsed.success ? null : `${variable} ${parsed.issues[0].message}`;
}

function aliasProblems({
  name,
  first_chunk_timeout: current,
  first_piece_timeout: old,
}: FileModel): string[] {
  if (current === undefined || old === undefined || current === old) return [];
  return [
    `the model "${name}" has first_chunk_timeout and another first_piece_timeout, which is the old name; remove it`,
  ];
}

function contextProblems({ name, contextTokens, maxOutputTokens }: ModelDescription): string[] {
  if (maxOutputTokens < contextTokens) return [];
  return [`max_output_tokens of the model "${name}" must be below its context_tokens`];
}
