import type { Model } from '../api/contract.js';
import { counted, tokens } from '../layout/words.js';

/** What a model costs, in a few words. */
export function priceWords({ price }: Model): string {
  if ('per_message' in price) return `${tokens(price.per_message)} a message`;
  return `${counted(price.per_1k_input)} in, ${counted(price.per_1k_output)} out per 1,000 words or so`;
}
