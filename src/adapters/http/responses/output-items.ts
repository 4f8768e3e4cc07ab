import * as v from 'valibot';
import type { SentMessage } from '../../../domain/chat/message.js';
import type { ReplyPart } from '../../../ports/ai-model.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { encodeReasoning, itemId } from './item-ids.js';
import type { ResponseRequest } from './response-request.js';

const itemStatus = v.picklist(['in_progress', 'completed', 'incomplete']);
const nothing = v.pipe(v.array(v.unknown()), v.empty());

export const textPartResponse = v.object({
  type: v.literal('output_text'),
  text: v.string(),
  annotations: nothing,
  logprobs: nothing,
});

export const summaryPartResponse = v.object({ type: v.literal('summary_text'), text: v.string() });

export const outputItemResponse = namedSchema(
  'ResponseOutputItem',
  v.variant('type', [
    v.object({
      id: v.string(),
      type: v.literal('message'),
      role: v.literal('assistant'),
      status: itemStatus,
      content: v.array(textPartResponse),
    }),
    v.object({
      id: v.string(),
      type: v.literal('reasoning'),
      summary: v.array(summaryPartResponse),
      encrypted_content: v.optional(v.string()),
    }),
    v.object({
      id: v.string(),
      type: v.literal('function_call'),
      status: itemStatus,
      call_id: v.string(),
      name: v.string(),
      arguments: v.string(),
    }),
  ]),
);

export type OutputItem = v.InferOutput<typeof outputItemResponse>;

type Shown = Pick<ResponseRequest, 'showsReasoning' | 'includesReasoning'>;

/** Presents the parts of a whole reply as items. */
export function presentOutput(
  { exchangeId, parts, finishReason }: Pick<SentMessage, 'exchangeId' | 'parts' | 'finishReason'>,
  shown: Shown,
): OutputItem[] {
  const isCut = finishReason === 'length' || finishReason === 'content_filter';
  const counts = { text: 0, reasoning: 0, tool_call: 0 };
  return parts.map((part, index) => {
    const id = itemId(exchangeId, part.type, counts[part.type]);
    counts[part.type] += 1;
    return presentItem(part, id, isCut && index === parts.length - 1 ? 'incomplete' : 'completed', shown);
  });
}

/** Presents a part of a reply as an item. */
export function presentItem(
  part: ReplyPart,
  id: string,
  status: 'in_progress' | 'completed' | 'incomplete',
  { showsReasoning, includesReasoning }: Shown,
): OutputItem {
  switch (part.type) {
    case 'text':
      return { id, type: 'message', role: 'assistant', status, content: [presentText(part.text)] };
    case 'reasoning':
      return {
        ...{ id, type: 'reasoning' },
        summary: showsReasoning && part.text !== '' ? [presentSummary(part.text)] : [],
        ...(includesReasoning ? { encrypted_content: encodeReasoning(part) } : {}),
      };
    case 'tool_call': {
      const { id: call_id, name, arguments: json } = part;
      return { id, type: 'function_call', status, call_id, name, arguments: json };
    }
  }
}

/** Presents the text of a message. */
export function presentText(text: string): v.InferOutput<typeof textPartResponse> {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

/** Presents the text of reasoning. */
export function presentSummary(text: string): v.InferOutput<typeof summaryPartResponse> {
  return { type: 'summary_text', text };
}
