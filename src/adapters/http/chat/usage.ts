import * as v from 'valibot';
import type { Usage } from '../../../domain/metering/usage.js';
import { count } from '../kit/response-fields.js';

/** The classes of usage. */
export const usageFields = {
  input_tokens: count,
  cached_input_tokens: count,
  cache_write_tokens: count,
  output_tokens: count,
  reasoning_tokens: count,
};

/** The usage of a reply, or null if the model does not report it. The input includes cached and written tokens; the output, reasoning. */
export const usageResponse = v.nullable(v.object(usageFields));

export function presentUsage(usage: Usage | null): v.InferOutput<typeof usageResponse> {
  if (usage === null) return null;
  return {
    input_tokens: usage.input,
    cached_input_tokens: usage.cachedInput,
    cache_write_tokens: usage.cacheWrite,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
  };
}
