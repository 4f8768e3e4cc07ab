import * as v from 'valibot';
import { estimateInput, estimateTokens, writtenText } from '../../../domain/chat/pricing.js';
import type { CompletionOptions, SentMessage } from '../../../domain/chat/sent-message.js';
import { count } from '../kit/response-fields.js';
import { presentToolCall, toolCallResponse } from '../chat/present-chat.js';

const finishReason = v.picklist(['stop', 'length', 'content_filter', 'tool_calls']);

export const completionUsageResponse = v.object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
});

const facts = { id: v.string(), created: count, model: v.string() };

export const completionResponse = v.object({
  ...facts,
  object: v.literal('chat.completion'),
  choices: v.array(
    v.object({
      index: count,
      message: v.object({
        role: v.literal('assistant'),
        content: v.nullable(v.string()),
        refusal: v.null(),
        tool_calls: v.optional(v.array(toolCallResponse)),
      }),
      logprobs: v.null(),
      finish_reason: finishReason,
    }),
  ),
  usage: completionUsageResponse,
});

/** The beginning of a call of a tool, with its arguments as far as they are known. */
const begunToolCall = v.object({ index: count, ...toolCallResponse.entries });

/** More of the arguments of the call with this index. */
const moreArguments = v.object({ index: count, function: v.object({ arguments: v.string() }) });

/** A piece of a streamed reply; `usage` is there where it was asked for, and null in all but the last. */
export const chunkResponse = v.object({
  ...facts,
  object: v.literal('chat.completion.chunk'),
  choices: v.array(
    v.object({
      index: count,
      delta: v.object({
        role: v.optional(v.literal('assistant')),
        content: v.optional(v.string()),
        refusal: v.optional(v.null()),
        tool_calls: v.optional(v.array(v.union([begunToolCall, moreArguments]))),
      }),
      logprobs: v.null(),
      finish_reason: v.nullable(finishReason),
    }),
  ),
  usage: v.optional(v.nullable(completionUsageResponse)),
});

/** A whole reply as OpenAI's API shows it. */
export function presentCompletion(
  sent: SentMessage,
  completionOptions: CompletionOptions,
): v.InferOutput<typeof completionResponse> {
  return {
    ...completionFacts(sent, sent.model, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: sent.reply === '' && sent.toolCalls !== null ? null : sent.reply,
          refusal: null,
          ...(sent.toolCalls === null ? {} : { tool_calls: sent.toolCalls.map(presentToolCall) }),
        },
        logprobs: null,
        finish_reason: finishReasonOf(sent),
      },
    ],
    usage: completionUsage(sent, completionOptions),
  };
}

/** What every part of an answer begins with. */
export function completionFacts<Kind extends 'chat.completion' | 'chat.completion.chunk'>(
  { exchangeId, createdAt }: Pick<SentMessage, 'exchangeId' | 'createdAt'>,
  model: string,
  object: Kind,
) {
  const created = Math.floor(createdAt.getTime() / 1000);
  return { id: `chatcmpl-${exchangeId}`, object, created, model };
}

/** Why a reply ended, in OpenAI's words; what has none there is a stop, or a call where there are calls. */
export function finishReasonOf({ finishReason, toolCalls }: Pick<SentMessage, 'finishReason' | 'toolCalls'>) {
  if (finishReason !== null && finishReason !== 'other') return finishReason;
  return toolCalls === null ? 'stop' : 'tool_calls';
}

/** What was used. What the model does not report is estimated from what the caller sent and got. */
export function completionUsage(
  { usage, reply, toolCalls }: SentMessage,
  { messages, tools }: CompletionOptions,
) {
  const { input, output } = usage ?? {
    input: estimateInput(messages, Infinity, tools),
    output: estimateTokens(writtenText(reply, toolCalls)),
  };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
