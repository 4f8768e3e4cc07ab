import { DomainError } from '../errors.js';
import type { Exchange } from './exchange.js';
import type { MessageChunk, SendMessageInput, SentMessage } from './message.js';

/** What has to be the same in a repeat; the model by its own name. */
export interface AskedAgain extends Pick<SendMessageInput, 'message' | 'conversation'> {
  model: string;
  requestFingerprint: string | null;
}

/** Answers a repeat from the exchange that claimed its idempotency key. */
export function* replayExchange(earlier: Exchange, input: AskedAgain): Generator<MessageChunk, SentMessage> {
  const sent = answerOf(earlier, input);
  yield { ...sent, type: 'begun' };
  if (sent.reply !== '') yield { type: 'text', text: sent.reply };
  for (const call of sent.toolCalls ?? []) yield { type: 'tool_call', call };
  return sent;
}

function answerOf(earlier: Exchange, input: AskedAgain): SentMessage {
  if (earlier.isErased) {
    throw new DomainError('not_found', 'What was sent with this idempotency key has been erased.');
  }
  const isSameRequest =
    earlier.message === input.message &&
    earlier.model === input.model &&
    earlier.requestFingerprint === input.requestFingerprint &&
    isSamePlace(earlier, input.conversation);
  if (!isSameRequest) {
    throw new DomainError(
      'idempotency_key_reused',
      'This idempotency key was used for another message, conversation, model or other wishes.',
    );
  }
  const { reply, captured: charged, balanceAfter: balance } = earlier;
  if (reply === null || charged === null || balance === null) {
    throw new DomainError(
      'idempotency_in_progress',
      'The first request with this idempotency key is still running.',
      { retryAfterSeconds: 1 },
    );
  }
  const { id: exchangeId, conversationId, toolCalls, finishReason, repliedBy, usage, createdAt } = earlier;
  return {
    ...{ exchangeId, conversationId, reply, toolCalls, finishReason, charged, balance, usage, createdAt },
    model: repliedBy ?? earlier.model,
    replayed: true,
  };
}

function isSamePlace(
  { conversationId, beginsConversation }: Exchange,
  place: SendMessageInput['conversation'],
): boolean {
  if (place === 'new') return beginsConversation;
  if (place === 'none') return conversationId === null;
  return conversationId === place.id && !beginsConversation;
}
