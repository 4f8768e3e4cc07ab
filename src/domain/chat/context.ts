import type { ModelMessage } from '../../ports/ai-model.js';
import type { EarlierExchange } from './conversation.js';
import type { ModelOffer } from './model-offer.js';
import { charactersOf, tokensFor } from './price.js';

/**
 * What a model is shown: the system prompt, as many of the latest turns as fit, and the new message. The reply's share
 * of the model's context is left free. The system prompt and the message are shown whatever their length.
 */
export function contextFor(
  terms: Pick<ModelOffer, 'system' | 'contextTokens' | 'maxOutputTokens'>,
  turns: readonly EarlierExchange[],
  message: string,
): ModelMessage[] {
  const system: ModelMessage[] = terms.system === null ? [] : [{ role: 'system', text: terms.system }];
  const asked: ModelMessage = { role: 'user', text: message };
  const room = terms.contextTokens - terms.maxOutputTokens;
  let characters = lengthOf([...system, asked]);
  let first = turns.length;
  for (const turn of turns.toReversed()) {
    characters += lengthOf(messagesOf(turn));
    if (tokensFor(characters) > room) break;
    first -= 1;
  }
  return [...system, ...turns.slice(first).flatMap(messagesOf), asked];
}

function messagesOf({ message, reply }: EarlierExchange): ModelMessage[] {
  return [
    { role: 'user', text: message },
    { role: 'assistant', text: reply, toolCalls: [] },
  ];
}

function lengthOf(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + charactersOf(message), 0);
}
