import * as v from 'valibot';
import { rateNames, type Price, type Rates } from '../../../domain/metering/price.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

/** Rates by class of usage; a class without a rate costs as the class that it is part of. */
const rates = v.object({
  per_request: v.optional(count),
  per_1m_input: v.optional(count),
  per_1m_cached_input: v.optional(count),
  per_1m_cache_write: v.optional(count),
  per_1m_output: v.optional(count),
  per_1m_reasoning: v.optional(count),
  per_1k_input: v.optional(count),
  per_1k_output: v.optional(count),
});

/** What a model costs, in tokens of the balance. */
export const priceResponse = namedSchema('Price', v.union([v.object({ per_message: count }), rates]));

const fieldNames = {
  perRequest: 'per_request',
  per1mInput: 'per_1m_input',
  per1mCachedInput: 'per_1m_cached_input',
  per1mCacheWrite: 'per_1m_cache_write',
  per1mOutput: 'per_1m_output',
  per1mReasoning: 'per_1m_reasoning',
  per1kInput: 'per_1k_input',
  per1kOutput: 'per_1k_output',
} as const satisfies Record<keyof Rates, string>;

export function presentPrice(price: Price): v.InferOutput<typeof priceResponse> {
  if ('perMessage' in price) return { per_message: price.perMessage };
  const given = rateNames.flatMap((name) => {
    const rate = price[name];
    return rate === undefined ? [] : [[fieldNames[name], rate] as const];
  });
  return Object.fromEntries(given);
}
