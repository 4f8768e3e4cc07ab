import type { ApiKeyCaller } from '../auth/caller.js';
import { DomainError } from '../errors.js';
import { fallbackChain, type ModelOffer, type ModelOffers, type OfferChain } from './model-offer.js';

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
  const chain = fallbackChain(offers, name ?? offersForKey(offers, key)[0]?.name ?? null);
  if (chain === null) return null;
  const [first, ...fallbacks] = chain;
  if (!mayUse(key, first.name)) {
    const allowed = key?.models?.join(', ') ?? '';
    throw new DomainError('model_not_allowed', `This API key may use only these models: ${allowed}.`);
  }
  return [first, ...fallbacks.filter((fallback) => mayUse(key, fallback.name))];
}

function mayUse(key: KeyLimits, model: string): boolean {
  return key?.models?.includes(model) ?? true;
}
