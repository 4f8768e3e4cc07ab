import * as v from 'valibot';
import type { ToolCall } from '../../../ports/ai-model.js';

export const toolCallResponse = v.object({
  id: v.string(),
  type: v.literal('function'),
  function: v.object({ name: v.string(), arguments: v.string() }),
  extra_content: v.optional(v.object({ google: v.object({ thought_signature: v.string() }) })),
});

/** Presents a call of one of the caller's tools in the format of OpenAI's API; a signature as Google's API has it there. */
export function presentToolCall({
  id,
  name,
  arguments: json,
  signature,
}: ToolCall): v.InferOutput<typeof toolCallResponse> {
  return {
    ...{ id, type: 'function', function: { name, arguments: json } },
    ...(signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }),
  };
}
