import * as v from 'valibot';
import type { CompletionOptions, SentMessage } from '../../../domain/chat/message.js';
import { estimateInput, estimateOutput } from '../../../domain/metering/usage.js';
import type { ReplyPart } from '../../../ports/ai-model.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';
import { anyObject } from './content-fields.js';

const textContent = v.object({ type: v.literal('text'), text: v.string() });
const thinkingContent = v.object({
  type: v.literal('thinking'),
  thinking: v.string(),
  signature: v.string(),
});
const redactedContent = v.object({ type: v.literal('redacted_thinking'), data: v.string() });
const toolUseContent = v.object({
  type: v.literal('tool_use'),
  id: v.string(),
  name: v.string(),
  input: anyObject,
  caller: v.object({ type: v.literal('direct') }),
});

/** A block of a reply. */
export const contentResponse = namedSchema(
  'AnthropicContent',
  v.variant('type', [textContent, thinkingContent, redactedContent, toolUseContent]),
);

const stopReason = v.picklist(['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'refusal']);

/** `input_tokens` are those that were neither read from a cache nor written to it. */
export const usageResponse = namedSchema(
  'AnthropicUsage',
  v.object({
    input_tokens: count,
    cache_creation_input_tokens: count,
    cache_read_input_tokens: count,
    output_tokens: count,
    output_tokens_details: v.object({ thinking_tokens: count }),
  }),
);

const commonFields = {
  id: v.string(),
  type: v.literal('message'),
  role: v.literal('assistant'),
  model: v.string(),
  container: v.null(),
};

export const messageResponse = namedSchema(
  'AnthropicMessage',
  v.object({
    ...commonFields,
    content: v.array(contentResponse),
    stop_reason: stopReason,
    stop_sequence: v.nullable(v.string()),
    usage: usageResponse,
  }),
);

/** A message of which nothing has come. */
export const startedMessageResponse = v.object({
  ...commonFields,
  content: v.pipe(v.array(contentResponse), v.maxLength(0)),
  stop_reason: v.null(),
  stop_sequence: v.null(),
  usage: usageResponse,
});

/** How a reply ended. */
export const messageEndResponse = v.object({
  stop_reason: stopReason,
  stop_sequence: v.nullable(v.string()),
});

/** Returns the JSON of a whole reply in the format of Anthropic's API. The input of a call has the bytes that the model wrote. */
export function messageJson(sent: SentMessage, options: CompletionOptions): string {
  const message = {
    ...presentStart(sent, sent.model),
    ...presentEnd(sent),
    usage: presentUsage(sent, options),
  };
  const content = sent.parts.map(contentJson).join(',');
  return `${JSON.stringify(message).slice(0, -1)},"content":[${content}]}`;
}

/** Returns the fields that a message has from its start. */
export function presentStart({ exchangeId }: Pick<SentMessage, 'exchangeId'>, model: string) {
  return {
    id: `msg_${exchangeId}`,
    type: 'message' as const,
    role: 'assistant' as const,
    model,
    stop_sequence: null,
    container: null,
  };
}

function contentJson(part: ReplyPart): string {
  switch (part.type) {
    case 'text':
      return JSON.stringify({ type: 'text', text: part.text });
    case 'reasoning': {
      const { text: thinking, signature, isRedacted } = part;
      if (isRedacted) return JSON.stringify({ type: 'redacted_thinking', data: signature ?? '' });
      return JSON.stringify({ type: 'thinking', thinking, signature: signature ?? '' });
    }
    case 'tool_call': {
      const call = JSON.stringify(presentToolUse(part));
      return `${call.slice(0, -1)},"input":${inputJson(part.arguments)}}`;
    }
  }
}

/** Presents a call without its input. */
export function presentToolUse({ id, name }: { id: string; name: string }) {
  return { type: 'tool_use' as const, id, name, caller: { type: 'direct' as const } };
}

/** The input must be an object. Arguments that are none, such as those of a reply that was cut off, become its text. */
function inputJson(json: string): string {
  try {
    if (v.is(anyObject, JSON.parse(json))) return json;
  } catch {
    // Passed on as a text.
  }
  return json.trim() === '' ? '{}' : JSON.stringify({ arguments: json });
}

const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
} as const;

/** Which sequence stopped the reply is known only if the provider says it, as Anthropic, vLLM and SGLang do. */
export function presentEnd({
  finishReason,
  stopSequence,
  toolCalls,
}: Pick<SentMessage, 'finishReason' | 'stopSequence' | 'toolCalls'>): v.InferOutput<
  typeof messageEndResponse
> {
  if (stopSequence !== null) return { stop_reason: 'stop_sequence', stop_sequence: stopSequence };
  const otherReason = toolCalls === null ? 'end_turn' : 'tool_use';
  const isOther = finishReason === null || finishReason === 'other';
  return { stop_reason: isOther ? otherReason : stopReasons[finishReason], stop_sequence: null };
}

/** Presents the usage that the model reported, or an estimate from the request and the reply. */
export function presentUsage(
  { usage, reply, toolCalls }: Pick<SentMessage, 'usage' | 'reply' | 'toolCalls'>,
  { messages, tools, format }: CompletionOptions,
): v.InferOutput<typeof usageResponse> {
  const { input, cachedInput, cacheWrite, output, reasoning } = usage ?? {
    input: estimateInput(messages, Infinity, { tools, format }),
    cachedInput: 0,
    cacheWrite: 0,
    output: estimateOutput(reply, toolCalls),
    reasoning: 0,
  };
  return {
    input_tokens: input - cachedInput - cacheWrite,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cachedInput,
    output_tokens: output,
    output_tokens_details: { thinking_tokens: reasoning },
  };
}
