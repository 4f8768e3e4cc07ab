import * as v from 'valibot';
import type { Usage } from '../../../domain/metering/usage.js';
import { count } from '../kit/response-fields.js';

/** The usage of a reply, or null if the model does not report it. */
export const usageResponse = v.nullable(v.object({ input_tokens: count, output_tokens: count }));

export function presentUsage(usage: Usage | null): v.InferOutput<typeof usageResponse> {
  return usage === null ? null : { input_tokens: usage.input, output_tokens: usage.output };
}
