import { commonText } from '../language/common-texts/texts.js';
import type { Model } from './api-objects.js';
import { creditAmount, rateText } from './credits.js';

const rates = [
  ...(['per_request', 'per_1k_input', 'per_1m_input', 'per_1m_cached_input'] as const),
  ...(['per_1m_cache_write', 'per_1k_output', 'per_1m_output', 'per_1m_reasoning'] as const),
];

/** Returns a short text with the price of a model. */
export function formatPrice(model: Model): string {
  return priceLines(model).join(', ');
}

/** Returns each rate of the price of a model. */
export function priceLines({ price }: Model): string[] {
  if ('per_message' in price)
    return [commonText('price.perMessage', { amount: creditAmount(price.per_message) })];
  return rates.flatMap((name) => {
    const rate = price[name];
    return rate === undefined ? [] : [commonText(`price.${name}`, { amount: rateText(rate) })];
  });
}
