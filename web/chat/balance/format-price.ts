import type { Model } from '../../api/types.js';
import { formatNumber, formatTokens } from '../layout/format.js';

/** Returns a short text with the price of a model. */
export function formatPrice({ price }: Model): string {
  if ('per_message' in price) return `${formatTokens(price.per_message)} a message`;
  return `${formatNumber(price.per_1k_input)} per 1,000 input, ${formatNumber(price.per_1k_output)} per 1,000 output`;
}
