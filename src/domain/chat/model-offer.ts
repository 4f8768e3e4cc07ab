import type { AiModel, ModelCapability, ModelFeature, ModelMessage } from '../../ports/ai-model.js';
import type { ApiKeyCaller } from '../auth/caller.js';
import { DomainError, type FieldErrors } from '../errors.js';
import type { CompletionOptions } from './message.js';
import { priceProblems, type PricedModel } from '../metering/price.js';
import { longestMessageChars } from '../metering/usage.js';
import type { Policy } from '../policy.js';

/** A model on offer, and its terms. */
export interface ModelOffer extends PricedModel {
  /** The name by which callers choose it. */
  name: string;
  model: AiModel;
  /** The system prompt of every request, or null. */
  system: string | null;
  /** How long its first chunk may take, in milliseconds. */
  firstChunkTimeoutMs: number;
  /** How long each further chunk may take, in milliseconds. */
  idleTimeoutMs: number;
  /** How long a reply may take with all its retries, in milliseconds. */
  totalTimeoutMs: number;
  /** The longest reply, in code points; a longer one fails as `provider_failed`. */
  maxReplyChars: number;
  /** How often a request is repeated that fails before its first chunk. */
  retries: number;
  /** The name of the model that is asked if this one fails before its first chunk, or null. */
  fallback: string | null;
  /** What it can do beyond texts; by default all that `model` does not list as unsupported. */
  capabilities: readonly ModelCapability[];
}

/** What models can do beyond texts. */
export const modelCapabilities = [
  'images',
  'files',
  'json',
  'tools',
  'reasoning',
] as const satisfies readonly ModelCapability[];

/**
 * A model, its name, and the terms that differ from `defaultTerms`.
 *
 * @example
 * ```ts
 * const offer: ModelOfferInput = { name: 'echo', model: echoModel(), price: { perMessage: 1 }, retries: 0 };
 * ```
 */
export type ModelOfferInput = Pick<ModelOffer, 'name' | 'model'> & Partial<ModelOffer>;

/** The models to offer; the first one is the default. */
export type ModelOfferInputs = readonly [ModelOfferInput, ...ModelOfferInput[]];

/**
 * The terms of a model if none are given: 100 credits a message, a context of 32,768 tokens, replies of up to 4,096
 * tokens, one retry.
 *
 * @example
 * ```ts
 * const patient = { ...defaultTerms, firstChunkTimeoutMs: 2 * defaultTerms.firstChunkTimeoutMs };
 * ```
 */
export const defaultTerms: Omit<ModelOffer, 'name' | 'model' | 'capabilities'> & {
  price: { perMessage: number };
} = {
  price: { perMessage: 100 },
  contextTokens: 32_768,
  maxOutputTokens: 4096,
  system: null,
  firstChunkTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  totalTimeoutMs: 5 * 60_000,
  maxReplyChars: 200_000,
  retries: 1,
  fallback: null,
};

/** A model as callers see it. */
export type OfferedModel = Pick<
  ModelOffer,
  'name' | 'price' | 'contextTokens' | 'maxOutputTokens' | 'capabilities'
> & {
  isDefault: boolean;
  /** The longest message that can be sent to it, in code points. */
  maxMessageChars: number;
};

/** The models on offer; the first one is the default. */
export type ModelOffers = readonly [ModelOffer, ...ModelOffer[]];

/** Returns the offers with all their terms. */
export function withDefaultTerms([first, ...others]: ModelOfferInputs): ModelOffers {
  const complete = (offer: ModelOfferInput): ModelOffer => ({
    ...defaultTerms,
    ...offer,
    capabilities: capabilitiesOf(offer),
  });
  return [complete(first), ...others.map(complete)];
}

function capabilitiesOf({ model, capabilities = modelCapabilities }: ModelOfferInput): ModelCapability[] {
  return modelCapabilities.filter((name) => capabilities.includes(name) && !model.unsupported.includes(name));
}

/**
 * Returns a function that returns the offers that apply now, with all their terms.
 *
 * @param inputs A list, or a function that returns the list that applies now.
 * @returns A function that throws a TypeError if the offers are not valid.
 */
export function currentOffers(inputs: ModelOfferInputs | (() => ModelOfferInputs)): () => ModelOffers {
  let latest: { inputs: ModelOfferInputs; offers: ModelOffers } | null = null;
  return () => {
    const now = typeof inputs === 'function' ? inputs() : inputs;
    if (latest?.inputs === now) return latest.offers;
    const offers = withDefaultTerms(now);
    throwIfOffersInvalid(offers);
    latest = { inputs: now, offers };
    return offers;
  };
}

/** Returns the models as callers may choose among them. */
export function offeredModels(
  offers: readonly ModelOffer[],
  policy: Pick<Policy, 'maxMessageChars'>,
): OfferedModel[] {
  return offers.map((offer, index) => {
    const { name, price, contextTokens, maxOutputTokens, capabilities } = offer;
    return {
      ...{ name, price, contextTokens, maxOutputTokens, capabilities },
      ...{ isDefault: index === 0, maxMessageChars: maxMessageCharsOf(offer, policy) },
    };
  });
}

/** Returns the longest message that can be sent to a model, in code points: as the policy says, otherwise what the model can read. */
export function maxMessageCharsOf(
  offer: Pick<ModelOffer, 'contextTokens'>,
  { maxMessageChars }: Pick<Policy, 'maxMessageChars'>,
): number {
  return maxMessageChars ?? longestMessageChars(offer);
}

/** A model and its fallbacks, in the order in which they are asked. */
export type OfferChain = readonly [ModelOffer, ...ModelOffer[]];

/**
 * Returns the model of a name, or the default if the name is null, with its fallbacks; null if no model has this name.
 *
 * @throws TypeError if the offers contradict each other.
 */
export function fallbackChain(offers: ModelOffers, name: string | null): OfferChain | null {
  const first = name === null ? offers[0] : offers.find((offer) => offer.name === name);
  if (first === undefined) return null;
  const chain: [ModelOffer, ...ModelOffer[]] = [first];
  for (let next = first.fallback; next !== null; next = chain.at(-1)?.fallback ?? null) {
    const offer = offers.find((candidate) => candidate.name === next);
    if (offer === undefined || chain.includes(offer)) {
      throwIfOffersInvalid(offers);
      break;
    }
    chain.push(offer);
  }
  return chain;
}

/** Throws a TypeError that names every problem of the offers as a whole. */
export function throwIfOffersInvalid(offers: readonly OfferLink[]): void {
  const problems = offerProblems(offers);
  if (problems.length > 0) throw new TypeError(`The models are invalid: ${problems.join('; ')}.`);
}

/** What links a model to the others. */
export type OfferLink = Pick<ModelOffer, 'name' | 'fallback' | 'price'>;

/** Returns the problems of models as a whole: two of one name, an unknown fallback, fallbacks in a circle; and of prices. */
export function offerProblems(offers: readonly OfferLink[]): string[] {
  const names = offers.map(({ name }) => name);
  const duplicates = new Set(names.filter((name, position) => names.indexOf(name) !== position));
  const unknown = offers.filter(({ fallback }) => fallback !== null && !names.includes(fallback));
  const circles = offers.filter((offer) => isInCircle(offers, offer));
  return [
    ...[...duplicates].map((name) => `two models are named "${name}"`),
    ...unknown.map(({ name, fallback }) => `the fallback of "${name}", "${fallback}", does not exist`),
    ...circles.map(({ name }) => `the model "${name}" falls back to itself`),
    ...offers.flatMap(({ name, price }) =>
      priceProblems(price).map((problem) => `the price of "${name}" is invalid: ${problem}`),
    ),
  ];
}

function isInCircle(offers: readonly OfferLink[], start: OfferLink): boolean {
  const passed = new Set<string>();
  let next = start.fallback;
  while (next !== null && !passed.has(next)) {
    if (next === start.name) return true;
    passed.add(next);
    next = offers.find(({ name }) => name === next)?.fallback ?? null;
  }
  return false;
}

type KeyLimits = Pick<ApiKeyCaller, 'models'> | null;

/** Returns the offers that an API key may use, in their order: all of them without a key, or if the key has no limit. */
export function offersForKey(offers: readonly ModelOffer[], key: KeyLimits): readonly ModelOffer[] {
  return offers.filter(({ name }) => mayUse(key, name));
}

/**
 * Returns the model of a name with its fallbacks, as far as the API key may use them; without a name, the first model that it
 * may use. Null if no model has this name.
 *
 * @throws DomainError `model_not_allowed` if the key may not use the model.
 */
export function chainForKey(offers: ModelOffers, name: string | null, key: KeyLimits): OfferChain | null {
  if (key?.models == null) return fallbackChain(offers, name);
  const chain = fallbackChain(offers, name ?? offersForKey(offers, key)[0]?.name ?? null);
  if (chain === null) return null;
  const [first, ...fallbacks] = chain;
  if (!mayUse(key, first.name)) {
    const allowed = key.models.join(', ');
    throw new DomainError('model_not_allowed', `This API key may use only these models: ${allowed}.`);
  }
  return [first, ...fallbacks.filter((fallback) => mayUse(key, fallback.name))];
}

function mayUse(key: KeyLimits, model: string): boolean {
  return key?.models?.includes(model) ?? true;
}

/** Returns whether a model supports all that a request asks for. */
export function supports(offer: ModelOffer, request: CompletionOptions): boolean {
  return Object.keys(unsupportedBy(offer, request)).length === 0;
}

/** Returns the parameters of a request that a model does not support, with the reasons. */
export function unsupportedBy(
  { model: { unsupported, limits = {} }, capabilities }: Pick<ModelOffer, 'model' | 'capabilities'>,
  request: CompletionOptions,
): FieldErrors {
  const faults: FieldErrors = {};
  const lacking = modelCapabilities.filter((name) => !capabilities.includes(name));
  for (const name of [...unsupported, ...lacking])
    if (isUsed(name, request)) faults[name] = ['This model does not support it.'];
  for (const name of ['temperature', 'topP'] as const) {
    const limit = limits[name];
    if (limit === undefined || (request.sampling[name] ?? 0) <= limit || name in faults) continue;
    faults[name] = [`Must be at most ${limit} for this model.`];
  }
  return faults;
}

function isUsed(feature: ModelFeature, request: CompletionOptions): boolean {
  const { messages, tools, sampling } = request;
  switch (feature) {
    case 'images':
      return messages.some((message) => hasPart(message.parts, 'image'));
    case 'files':
      return messages.some((message) => hasPart(message.parts, 'file'));
    case 'names':
      return messages.some((message) => message.role !== 'tool' && message.name !== undefined);
    case 'fileUrls':
      return messages.some((message) => hasFileUrl(message.parts));
    case 'json':
      return request.format !== undefined;
    case 'jsonObject':
      return request.format?.type === 'json';
    case 'tools':
      return tools.length > 0;
    case 'strictTools':
      return tools.some(({ strict }) => strict === true);
    case 'reasoning':
      // A model without reasoning does as much of it as the others ask for.
      return request.reasoning?.mode === 'effort' || request.reasoning?.mode === 'budget';
    case 'parallelToolCalls':
    case 'verbosity':
      return request[feature] !== undefined;
    default:
      return sampling[feature] !== undefined;
  }
}

function hasPart(parts: ModelMessage['parts'], type: 'image' | 'file'): boolean {
  return parts.some(
    (part) => part.type === type || (part.type === 'tool_result' && hasPart(part.content, type)),
  );
}

function hasFileUrl(parts: ModelMessage['parts']): boolean {
  return parts.some(
    (part) =>
      (part.type === 'file' && part.source.type === 'url') ||
      (part.type === 'tool_result' && hasFileUrl(part.content)),
  );
}
