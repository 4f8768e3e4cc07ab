import type { ModelMessage } from '../../ports/ai-model.js';
import type { EarlierExchange } from './conversation.js';
import type { ModelOffer } from './model-offer.js';
import { estimateTokens, inputChars } from './usage.js';

/**
 * Returns the messages that a model reads: the system prompt, as many of the latest exchanges as fit, and the new message.
 * The tokens of the reply are left free. The system prompt and the message are included whatever their length.
 */
export function contextFor(
  terms: Pick<ModelOffer, 'system' | 'contextTokens' | 'maxOutputTokens'>,
  exchanges: readonly EarlierExchange[],
  message: string,
): ModelMessage[] {
  const system: ModelMessage[] = terms.system === null ? [] : [{ role: 'system', text: terms.system }];
  const question: ModelMessage = { role: 'user', text: message };
  const inputTokens = terms.contextTokens - terms.maxOutputTokens;
  let chars = charsOf([...system, question]);
  let first = exchanges.length;
  for (const exchange of exchanges.toReversed()) {
    chars += charsOf(messagesOf(exchange));
    if (estimateTokens(chars) > inputTokens) break;
    first -= 1;
  }
  return [...system, ...exchanges.slice(first).flatMap(messagesOf), question];
}

function messagesOf({ message, reply }: EarlierExchange): ModelMessage[] {
  return [
    { role: 'user', text: message },
    { role: 'assistant', text: reply, toolCalls: [] },
  ];
}

function charsOf(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + inputChars(message), 0);
}
