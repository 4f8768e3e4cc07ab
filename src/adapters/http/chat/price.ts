import * as v from 'valibot';
import { forEachRate, rateFields, rateNames, type Price } from '../../../domain/metering/price.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

/** Rates by class of usage; a class without a rate costs as the class that it is part of. */
const rates = v.object(forEachRate(v.optional(count)));

/** What a model costs, in tokens of the balance. */
export const priceResponse = namedSchema('Price', v.union([v.object({ per_message: count }), rates]));

export function presentPrice(price: Price): v.InferOutput<typeof priceResponse> {
  if ('perMessage' in price) return { per_message: price.perMessage };
  const given = rateNames.flatMap((name) => {
    const rate = price[name];
    return rate === undefined ? [] : [[rateFields[name], rate] as const];
  });
  return Object.fromEntries(given);
}
