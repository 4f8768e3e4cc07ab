import type { AiModel } from '../../ports/ai-model.js';

/** What a message costs: so many credits each, or by what the model used, in credits for a thousand of its tokens. */
export type Price = { perMessage: number } | { per1kInput: number; per1kOutput: number };

/** A model on offer, and its terms. */
export interface ModelOffer {
  /** What callers choose it by. */
  name: string;
  model: AiModel;
  price: Price;
  /** The most tokens that it reads. */
  contextTokens: number;
  /** The most tokens that it writes for one reply. */
  maxOutputTokens: number;
  /** What every conversation begins with, or null. */
  system: string | null;
  firstChunkTimeoutMs: number;
  idleTimeoutMs: number;
  totalTimeoutMs: number;
  /** The longest reply, in code points; a longer one is cut off as a provider's failure. */
  maxReplyChars: number;
  /** How often it is asked again when it fails before its first piece. */
  retries: number;
  /** The name of the model that is asked when this one fails before its first piece, or null. */
  fallback: string | null;
}

/** A model and as much of its terms as are to be other than `defaultTerms`. */
export type ModelOfferInput = Pick<ModelOffer, 'name' | 'model'> & Partial<ModelOffer>;

/** The models to be offered; the first one answers when none is named. */
export type ModelOfferInputs = readonly [ModelOfferInput, ...ModelOfferInput[]];

/** What most models can do, at the price of the original. */
export const defaultTerms: Omit<ModelOffer, 'name' | 'model'> & { price: { perMessage: number } } = {
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

/** What callers are told of a model on offer. */
export type OfferedModel = Pick<ModelOffer, 'name' | 'price' | 'contextTokens' | 'maxOutputTokens'> & {
  isDefault: boolean;
};

/** The models on offer; the first one answers when none is named. */
export type ModelOffers = readonly [ModelOffer, ...ModelOffer[]];

/** The offers with all their terms. */
export function withDefaultTerms([first, ...others]: ModelOfferInputs): ModelOffers {
  const complete = (offer: ModelOfferInput): ModelOffer => ({ ...defaultTerms, ...offer });
  return [complete(first), ...others.map(complete)];
}

/** The models as callers may choose among them. */
export function offeredModels(offers: ModelOffers): OfferedModel[] {
  return offers.map(({ name, price, contextTokens, maxOutputTokens }, index) => ({
    ...{ name, price, contextTokens, maxOutputTokens },
    isDefault: index === 0,
  }));
}
