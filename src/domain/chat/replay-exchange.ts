import { DomainError } from '../errors.js';
import type { Exchange } from './exchange.js';
import type { MessageChunk, SendMessageInput, SentMessage } from './message.js';
import type { ReplyPart } from '../../ports/ai-model.js';
import { sentParts } from './exchange-hold.js';
import { callOf } from './model-message.js';

/** What must be the same in a repeated request. */
export interface RepeatedRequest extends Pick<SendMessageInput, 'message' | 'conversation'> {
  /** The model by its own name; null for any, as that of a conversation can have changed. */
  model: string | null;
  fingerprint: string | null;
}

/**
 * Yields the reply of the exchange that claimed an idempotency key.
 *
 * @throws DomainError `not_found` if the exchange was erased, `idempotency_key_reused` if the request differs,
 * `idempotency_in_progress` if the exchange has not ended.
 */
export function* replayExchange(earlier: Exchange, request: RepeatedRequest): Generator<MessageChunk, void> {
  const sent = sentMessageOf(earlier, request);
  const { exchangeId, conversationId, createdAt, balance, parts } = sent;
  yield { type: 'started', exchangeId, conversationId, createdAt, replayed: true, balance };
  for (const part of parts) yield* chunksOf(part);
  yield { type: 'done', ...sent };
}

function sentMessageOf(earlier: Exchange, request: RepeatedRequest): SentMessage {
  if (earlier.isErased) {
    throw new DomainError('not_found', 'The exchange of this idempotency key was erased.');
  }
  const isSameRequest =
    earlier.message === request.message &&
    (request.model === null || earlier.model === request.model) &&
    earlier.requestFingerprint === request.fingerprint &&
    isSamePlace(earlier, request.conversation);
  if (!isSameRequest) {
    throw new DomainError(
      'idempotency_key_reused',
      'This idempotency key was used with another message, conversation, model or other options.',
    );
  }
  const { reply, captured: charged, balanceAfter: balance } = earlier;
  if (reply === null || charged === null || balance === null) {
    throw new DomainError(
      'idempotency_in_progress',
      'The first request with this idempotency key is still in progress.',
      { retryAfterSeconds: 1 },
    );
  }
  const {
    id: exchangeId,
    conversationId,
    toolCalls,
    finishReason,
    stopSequence,
    repliedBy,
    usage,
    createdAt,
  } = earlier;
  return {
    ...{ exchangeId, conversationId, reply, toolCalls, finishReason, charged, balance, usage, createdAt },
    parts: sentParts({ ...earlier, reply }),
    stopSequence,
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

/** Yields the chunks of a part of a stored reply. */
export function* chunksOf(part: ReplyPart): Generator<MessageChunk, void> {
  switch (part.type) {
    case 'text':
      yield { type: 'text', text: part.text };
      return;
    case 'reasoning': {
      const { text, signature, isRedacted } = part;
      if (text !== '') yield { type: 'reasoning', text };
      if (signature !== null) yield { type: 'reasoning_end', signature, isRedacted };
      return;
    }
    case 'tool_call':
      yield { type: 'tool_call', call: callOf(part) };
  }
}
