import { readFileSync } from 'node:fs';
import type { ModelConnection } from '../adapters/ai/providers.js';
import { defaultTerms } from '../domain/chat/model-offer.js';
import { readModelsFile, type ModelDefaults, type ModelDescription, type ReadModels } from './models-file.js';

/** What of the settings is about models. */
export interface ModelSettings {
  AI_PROVIDER: ModelConnection['provider'];
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

type Environment = Readonly<Record<string, string | undefined>>;
type ProviderSetting = 'AI_BASE_URL' | 'AI_API_KEY' | 'AI_MODEL';

const providerSettings = ['AI_BASE_URL', 'AI_API_KEY', 'AI_MODEL'] as const;

const neededBy: Record<ModelSettings['AI_PROVIDER'], readonly ProviderSetting[]> = {
  echo: [],
  'openai-compatible': ['AI_BASE_URL', 'AI_MODEL'],
  openai: ['AI_API_KEY', 'AI_MODEL'],
  anthropic: ['AI_API_KEY', 'AI_MODEL'],
};

/** The models that the settings describe, in the models file or by themselves; every fault is named at once. */
export function readModels(
  settings: ModelSettings,
  environment: Environment,
  isGiven: (name: string) => boolean,
): ReadModels {
  const read =
    settings.MODELS_FILE === null
      ? ofProvider(settings, isGiven)
      : ofFile(settings, settings.MODELS_FILE, environment, isGiven);
  const faults = [...read.faults, ...holdFaults(settings, read.models ?? [])];
  return faults.length > 0 ? { models: null, faults } : read;
}

function ofProvider(settings: ModelSettings, isGiven: (name: string) => boolean): ReadModels {
  const { AI_PROVIDER: provider, AI_BASE_URL: baseUrl, AI_API_KEY: apiKey, AI_MODEL: upstream } = settings;
  const faults = [
    ...neededBy[provider].filter((name) => !isGiven(name)).map((name) => `${name} is needed for ${provider}`),
    ...(provider === 'echo' ? providerSettings.filter(isGiven) : []).map(
      (name) => `${name} is for a provider, and AI_PROVIDER is echo`,
    ),
  ];
  if (faults.length > 0) return { models: null, faults };
  const connection: ModelConnection =
    provider === 'echo'
      ? { provider }
      : provider === 'openai-compatible'
        ? { provider, baseUrl: baseUrl ?? '', apiKey, upstream: upstream ?? '' }
        : { provider, baseUrl, apiKey: apiKey ?? '', upstream: upstream ?? '' };
  const name = upstream ?? provider;
  return {
    models: [{ ...defaultsOf(settings), name, connection, system: null, fallback: null }],
    faults: [],
  };
}

function ofFile(
  settings: ModelSettings,
  path: string,
  environment: Environment,
  isGiven: (name: string) => boolean,
): ReadModels {
  const idle = providerSettings.filter(isGiven);
  const others = settings.AI_PROVIDER === 'echo' ? idle : ['AI_PROVIDER', ...idle];
  const conflicts = others.map((name) => `${name} has no place beside MODELS_FILE`);
  const read = readAt(path, (json) => readModelsFile(json, environment, defaultsOf(settings)));
  const faults = [...conflicts, ...read.faults.map((fault) => `MODELS_FILE: ${fault}`)];
  return faults.length > 0 ? { models: null, faults } : read;
}

function readAt(path: string, read: (json: string) => ReadModels): ReadModels {
  let json: string;
  try {
    json = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { models: null, faults: [`cannot be read (${code})`] };
  }
  return read(json);
}

/** A model's context and its longest reply are what most models can do. */
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

/**
 * A hold has to outlive every model of a chain, one after the other, or a reply could come that nobody can charge.
 * Echo answers at once.
 */
function holdFaults(settings: ModelSettings, models: readonly ModelDescription[]): string[] {
  const { HOLD_TTL: holdTtlMs, AI_TOTAL_TIMEOUT: totalMs } = settings;
  if (holdTtlMs <= totalMs) return ['HOLD_TTL must exceed AI_TOTAL_TIMEOUT'];
  return models
    .filter((model) => holdTtlMs <= longestMs(models, model))
    .map(({ name }) => `HOLD_TTL must exceed the total timeouts of "${name}" and its fallbacks together`);
}

function longestMs(models: readonly ModelDescription[], first: ModelDescription): number {
  let totalMs = 0;
  let model: ModelDescription | undefined = first;
  while (model !== undefined) {
    if (model.connection.provider !== 'echo') totalMs += model.totalTimeoutMs;
    const { fallback }: ModelDescription = model;
    model = models.find(({ name }) => name === fallback);
  }
  return totalMs;
}
