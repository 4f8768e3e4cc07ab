import type { ModelConnection } from '../adapters/ai/providers.js';
import { modelCapabilities } from '../domain/chat/model-offer.js';
import type { ModelCapability } from '../ports/ai-model.js';

export type Provider = ModelConnection['provider'];

/** What a connection to a provider consists of. */
export interface ConnectionValues {
  baseUrl: string | null;
  apiKey: string | null;
  upstream: string | null;
}

export const connectionFields = [
  'baseUrl',
  'apiKey',
  'upstream',
] as const satisfies (keyof ConnectionValues)[];

/** What each provider requires. Echo has no connection: it uses none of the fields. */
export const requiredFields: Record<Provider, readonly (keyof ConnectionValues)[]> = {
  echo: [],
  'openai-compatible': ['baseUrl', 'upstream'],
  openai: ['apiKey', 'upstream'],
  anthropic: ['apiKey', 'upstream'],
};

/** What a model of each provider can do if its description does not say. Compatible providers differ much. */
export const defaultCapabilities: Record<Provider, readonly ModelCapability[]> = {
  echo: [],
  'openai-compatible': ['json', 'tools'],
  openai: modelCapabilities,
  anthropic: modelCapabilities,
};

/** Returns the most tokens of one image for a model that counts far more than others, by its name; else null. */
export function knownImageTokens(upstream: string | null): number | null {
  // 2,833 and 5,667 for each of at most 8 tiles.
  return upstream !== null && /(^|\/)gpt-4o-mini/.test(upstream) ? 48_169 : null;
}

/** Builds the connection. Complete only if every required field has a value. */
export function connectionOf(provider: Provider, values: ConnectionValues): ModelConnection {
  const { baseUrl, apiKey, upstream } = values;
  switch (provider) {
    case 'echo':
      return { provider };
    case 'openai-compatible':
      return { provider, baseUrl: baseUrl ?? '', apiKey, upstream: upstream ?? '' };
    case 'openai':
    case 'anthropic':
      return { provider, baseUrl, apiKey: apiKey ?? '', upstream: upstream ?? '' };
  }
}
