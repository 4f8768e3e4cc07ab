import * as v from 'valibot';
import type { CompletionOptions, SentMessage } from '../../../domain/chat/message.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';
import { reasoningText, usageOrEstimate } from './reply-usage.js';
import { presentToolCall, toolCallResponse } from '../chat/tool-call.js';

const finishReason = v.picklist(['stop', 'length', 'content_filter', 'tool_calls']);

const usageResponse = namedSchema(
  'CompletionUsage',
  v.object({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    prompt_tokens_details: v.object({ cached_tokens: count, cache_write_tokens: count }),
    completion_tokens_details: v.object({ reasoning_tokens: count }),
  }),
);

const commonFields = { id: v.string(), created: count, model: v.string() };

export const completionResponse = namedSchema(
  'Completion',
  v.object({
    ...commonFields,
    object: v.literal('chat.completion'),
    choices: v.array(
      v.object({
        index: count,
        message: v.object({
          role: v.literal('assistant'),
          content: v.nullable(v.string()),
          refusal: v.null(),
          reasoning_content: v.optional(v.string()),
          tool_calls: v.optional(v.array(toolCallResponse)),
        }),
        logprobs: v.null(),
        finish_reason: finishReason,
      }),
    ),
    usage: usageResponse,
  }),
);

/** The start of a tool call, with the first part of its arguments. */
const toolCallStart = v.object({ index: count, ...toolCallResponse.entries });

/** The next part of the arguments of the tool call with this index. */
const toolCallArguments = v.object({ index: count, function: v.object({ arguments: v.string() }) });

/** A chunk of a streamed reply. `usage` is present if the request includes it, and null in all chunks but the last. */
export const chunkResponse = namedSchema(
  'CompletionChunk',
  v.object({
    ...commonFields,
    object: v.literal('chat.completion.chunk'),
    choices: v.array(
      v.object({
        index: count,
        delta: v.object({
          role: v.optional(v.literal('assistant')),
          content: v.optional(v.string()),
          refusal: v.optional(v.null()),
          reasoning_content: v.optional(v.string()),
          tool_calls: v.optional(v.array(v.union([toolCallStart, toolCallArguments]))),
        }),
        logprobs: v.null(),
        finish_reason: v.nullable(finishReason),
      }),
    ),
    usage: v.optional(v.nullable(usageResponse)),
  }),
);

/** Presents a whole reply in the format of OpenAI's API. */
export function presentCompletion(
  sent: SentMessage,
  completionOptions: CompletionOptions,
): v.InferOutput<typeof completionResponse> {
  const reasoning = reasoningText(sent);
  return {
    ...presentCommonFields(sent, sent.model, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: sent.reply === '' && sent.toolCalls !== null ? null : sent.reply,
          refusal: null,
          ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
          ...(sent.toolCalls === null ? {} : { tool_calls: sent.toolCalls.map(presentToolCall) }),
        },
        logprobs: null,
        finish_reason: presentFinishReason(sent),
      },
    ],
    usage: presentCompletionUsage(sent, completionOptions),
  };
}

/** Returns the fields that a completion and every chunk have in common. */
export function presentCommonFields<Kind extends 'chat.completion' | 'chat.completion.chunk'>(
  { exchangeId, createdAt }: Pick<SentMessage, 'exchangeId' | 'createdAt'>,
  model: string,
  object: Kind,
) {
  const created = Math.floor(createdAt.getTime() / 1000);
  return { id: `chatcmpl-${exchangeId}`, object, created, model };
}

/** OpenAI has no word for another reason: that is `stop`, or `tool_calls` if there are calls. */
export function presentFinishReason({
  finishReason,
  toolCalls,
}: Pick<SentMessage, 'finishReason' | 'toolCalls'>) {
  if (finishReason !== null && finishReason !== 'other') return finishReason;
  return toolCalls === null ? 'stop' : 'tool_calls';
}

/** Presents the usage that the model reported, or an estimate from the request and the reply. */
export function presentCompletionUsage(
  sent: SentMessage,
  completionOptions: CompletionOptions,
): v.InferOutput<typeof usageResponse> {
  const { input, output, cachedInput, cacheWrite, reasoning } = usageOrEstimate(sent, completionOptions);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cachedInput, cache_write_tokens: cacheWrite },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
