import { estimateInput, estimateTokens, writtenText } from '../../domain/chat/pricing.js';
import type { ReplyWishes, SentMessage } from '../../domain/chat/sent-message.js';
import { presentToolCall } from './present-chat.js';

/** A whole reply as OpenAI's API shows it. */
export function presentCompletion(sent: SentMessage, wishes: ReplyWishes) {
  return {
    ...completionFacts(sent, sent.model, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: sent.reply === '' ? null : sent.reply,
          refusal: null,
          ...(sent.toolCalls === null ? {} : { tool_calls: sent.toolCalls.map(presentToolCall) }),
        },
        logprobs: null,
        finish_reason: finishReasonOf(sent),
      },
    ],
    usage: completionUsage(sent, wishes),
  };
}

/** What every part of an answer begins with. */
export function completionFacts(
  { exchangeId, createdAt }: Pick<SentMessage, 'exchangeId' | 'createdAt'>,
  model: string,
  object: 'chat.completion' | 'chat.completion.chunk',
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
export function completionUsage({ usage, reply, toolCalls }: SentMessage, { messages, tools }: ReplyWishes) {
  const { input, output } = usage ?? {
    input: estimateInput(messages, Infinity, tools),
    output: estimateTokens(writtenText(reply, toolCalls)),
  };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
