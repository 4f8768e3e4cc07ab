import type { Model } from './api-objects.js';
import { creditAmount, rateText } from './credits.js';

const rates = [
  ['per_request', 'a request'],
  ['per_1k_input', 'per 1,000 input'],
  ['per_1m_input', 'per 1,000,000 input'],
  ['per_1m_cached_input', 'per 1,000,000 cached input'],
  ['per_1m_cache_write', 'per 1,000,000 input written to the cache'],
  ['per_1k_output', 'per 1,000 output'],
  ['per_1m_output', 'per 1,000,000 output'],
  ['per_1m_reasoning', 'per 1,000,000 reasoning'],
] as const;

/** Returns a short text with the price of a model. */
export function formatPrice(model: Model): string {
  return priceLines(model).join(', ');
}

/** Returns each rate of the price of a model. */
export function priceLines({ price }: Model): string[] {
  if ('per_message' in price) return [`${creditAmount(price.per_message)} a message`];
  return rates.flatMap(([name, text]) => {
    const rate = price[name];
    return rate === undefined ? [] : [`${rateText(rate)} ${text}`];
  });
}
