import type { CompletionOptions, SentMessage } from '../../../domain/chat/message.js';
import {
  estimateInput,
  estimateOutput,
  textSize,
  tokensOf,
  type Usage,
} from '../../../domain/metering/usage.js';

/** Returns the reasoning of a reply, as far as its provider shows it; empty if there is none. */
export function reasoningText({ parts }: Pick<SentMessage, 'parts'>): string {
  return parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
}

/** Returns the usage that the model reported, or an estimate from the request and the reply. */
export function usageOrEstimate(sent: SentMessage, { messages, tools, format }: CompletionOptions): Usage {
  if (sent.usage !== null) return sent.usage;
  const reasoning = textSize(reasoningText(sent));
  return {
    input: estimateInput(messages, Infinity, { tools, format }),
    cachedInput: 0,
    cacheWrite: 0,
    output: estimateOutput(sent.reply, sent.toolCalls, reasoning),
    reasoning: tokensOf(reasoning),
  };
}
