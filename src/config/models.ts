import { defaultTerms } from '../domain/chat/model-offer.js';
import type { Environment } from './environment.js';
import { readText } from './json-file.js';
import {
  connectionFields,
  connectionOf,
  defaultCapabilities,
  knownImageTokens,
  requiredFields,
  type Provider,
} from './model-connection.js';
import { readModelsFile, type ModelDefaults, type ModelDescription, type ReadModels } from './models-file.js';

/** The settings that describe models. */
export interface ModelSettings {
  AI_PROVIDER: Provider;
  AI_BASE_URL: string | null;
  AI_API_KEY: string | null;
  AI_MODEL: string | null;
  AI_FIRST_CHUNK_TIMEOUT: number;
  AI_IDLE_TIMEOUT: number;
  AI_TOTAL_TIMEOUT: number;
  AI_RETRIES: number;
  MAX_REPLY_CHARS: number;
  MODELS_FILE: string | null;
  TOKENS_PER_MESSAGE: number;
  HOLD_TTL: number;
}

const connectionSettings = { baseUrl: 'AI_BASE_URL', apiKey: 'AI_API_KEY', upstream: 'AI_MODEL' } as const;

/**
 * Reads the models that the settings describe: those of the models file, or the one of `AI_PROVIDER`. Returns all
 * problems at once. `isSet` says whether a setting was set, to a valid value or not.
 */
export function readModels(
  settings: ModelSettings,
  environment: Environment,
  isSet: (name: string) => boolean,
): ReadModels {
  const read =
    settings.MODELS_FILE === null
      ? readSingleModel(settings, isSet)
      : readFromFile(settings, settings.MODELS_FILE, environment, isSet);
  const problems = [...read.problems, ...holdProblems(settings, read.models ?? [])];
  return problems.length > 0 ? { models: null, problems } : read;
}

function readSingleModel(settings: ModelSettings, isSet: (name: string) => boolean): ReadModels {
  const { AI_PROVIDER: provider, AI_BASE_URL: baseUrl, AI_API_KEY: apiKey, AI_MODEL: upstream } = settings;
  const problems = [
    ...requiredFields[provider]
      .map((field) => connectionSettings[field])
      .filter((name) => !isSet(name))
      .map((name) => `${name} is required for ${provider}`),
    ...(provider === 'echo' ? setConnectionSettings(isSet) : []).map(
      (name) => `${name} requires an AI_PROVIDER other than echo`,
    ),
  ];
  if (problems.length > 0) return { models: null, problems };
  const imageTokens = knownImageTokens(upstream);
  const model: ModelDescription = {
    ...defaultsOf(settings),
    name: upstream ?? provider,
    connection: connectionOf(provider, { baseUrl, apiKey, upstream }),
    system: null,
    fallback: null,
    capabilities: defaultCapabilities[provider],
    ...(imageTokens === null ? {} : { imageTokens }),
  };
  return { models: [model], problems: [] };
}

function readFromFile(
  settings: ModelSettings,
  path: string,
  environment: Environment,
  isSet: (name: string) => boolean,
): ReadModels {
  const others = [
    ...(settings.AI_PROVIDER === 'echo' ? [] : ['AI_PROVIDER']),
    ...setConnectionSettings(isSet),
  ];
  const conflicts = others.map((name) => `${name} cannot be combined with MODELS_FILE`);
  const file = readText(path);
  const read: ReadModels =
    'problem' in file
      ? { models: null, problems: [file.problem] }
      : readModelsFile(file.text, environment, defaultsOf(settings));
  const problems = [...conflicts, ...read.problems.map((problem) => `MODELS_FILE: ${problem}`)];
  return problems.length > 0 ? { models: null, problems } : read;
}

function setConnectionSettings(isSet: (name: string) => boolean): string[] {
  return connectionFields.map((field) => connectionSettings[field]).filter(isSet);
}

/** The terms of a model that states none itself. */
function defaultsOf(settings: ModelSettings): ModelDefaults {
  return {
    price: { perMessage: settings.TOKENS_PER_MESSAGE },
    contextTokens: defaultTerms.contextTokens,
    maxOutputTokens: defaultTerms.maxOutputTokens,
    firstChunkTimeoutMs: settings.AI_FIRST_CHUNK_TIMEOUT,
    idleTimeoutMs: settings.AI_IDLE_TIMEOUT,
    totalTimeoutMs: settings.AI_TOTAL_TIMEOUT,
    maxReplyChars: settings.MAX_REPLY_CHARS,
    retries: settings.AI_RETRIES,
  };
}

/** A hold must outlast a chain of fallbacks; otherwise a reply could arrive that can no longer be charged. */
function holdProblems(settings: ModelSettings, models: readonly ModelDescription[]): string[] {
  const { HOLD_TTL: holdTtlMs, AI_TOTAL_TIMEOUT: totalMs } = settings;
  if (holdTtlMs <= totalMs) return ['HOLD_TTL must exceed AI_TOTAL_TIMEOUT'];
  return models
    .filter((model) => holdTtlMs <= longestChatMs(models, model))
    .map(({ name }) => `HOLD_TTL must exceed the total timeouts of "${name}" and its fallbacks together`);
}

/** The total timeouts of a model and its fallbacks together. Echo replies at once. */
function longestChatMs(models: readonly ModelDescription[], first: ModelDescription): number {
  let totalMs = 0;
  let model: ModelDescription | undefined = first;
  while (model !== undefined) {
    if (model.connection.provider !== 'echo') totalMs += model.totalTimeoutMs;
    const { fallback }: ModelDescription = model;
    model = models.find(({ name }) => name === fallback);
  }
  return totalMs;
}
