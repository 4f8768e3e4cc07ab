import * as v from 'valibot';
import type { OfferedModel } from '../../../domain/chat/model-offer.js';
import { count } from '../kit/response-fields.js';

export const modelResponse = v.object({
  name: v.string(),
  default: v.boolean(),
  price: v.union([
    v.object({ per_message: count }),
    v.object({ per_1k_input: v.number(), per_1k_output: v.number() }),
  ]),
  context_tokens: count,
  max_output_tokens: count,
});

export function presentModel({
  name,
  isDefault,
  price,
  contextTokens,
  maxOutputTokens,
}: OfferedModel): v.InferOutput<typeof modelResponse> {
  return {
    name,
    default: isDefault,
    price:
      'perMessage' in price
        ? { per_message: price.perMessage }
        : { per_1k_input: price.per1kInput, per_1k_output: price.per1kOutput },
    context_tokens: contextTokens,
    max_output_tokens: maxOutputTokens,
  };
}
