import type { ChatLedger, ExchangeReference } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError, refuseFaults } from '../errors.js';
import type { Policy } from '../policy.js';
import { idempotencyKeyFaults, messageFaults, type Exchange, type Usage } from './exchange.js';
import { keepHold } from './keep-hold.js';
import type { ModelOffer, ModelOffers } from './model-offer.js';
import { relayReply, type RelayedReply } from './relay-reply.js';

export interface SendMessageNeeds {
  chatLedger: Pick<ChatLedger, 'reserve' | 'renew' | 'settle' | 'release'>;
  /** The models on offer; the first one answers when none is named. */
  models: ModelOffers;
  clock: Clock;
  ids: Ids;
  policy: Pick<
    Policy,
    'creditsPerMessage' | 'maxMessageChars' | 'holdTtlMs' | 'holdLeaseMs' | 'requireVerifiedEmail'
  >;
}

export interface SendMessageInput {
  userId: string;
  /** Whether the account's email is verified, as some servers ask. */
  emailVerified: boolean;
  message: string;
  conversationId: string | null;
  /** The name of a model, or null for the default. */
  model: string | null;
  /** A repeat with the same key is answered from the first exchange and charged once. */
  idempotencyKey: string | null;
  /** Aborted when the caller is gone. With an idempotency key the exchange runs on: the reply waits for the repeat. */
  signal: AbortSignal;
}

/** An exchange that was answered and charged. */
export interface SentMessage {
  exchangeId: string;
  conversationId: string | null;
  reply: string;
  model: string;
  charged: number;
  balance: number;
  usage: Usage | null;
  createdAt: Date;
  /** True when this is the answer of an earlier request with the same idempotency key. */
  replayed: boolean;
}

/**
 * Sends a message to a model: holds its price, asks, then charges. Charged exactly once when it answers, not at all
 * when it fails; the money is never in doubt for longer than the hold's lease.
 *
 * Refuses with `email_not_verified`, `invalid_input`, `model_not_found`, `not_found` (the conversation),
 * `insufficient_credits`, `idempotency_in_progress`, `idempotency_key_reused`, `provider_failed` or
 * `provider_timeout`, and with the signal's own reason when it was aborted before any text came.
 */
export async function sendMessage(needs: SendMessageNeeds, input: SendMessageInput): Promise<SentMessage> {
  if (needs.policy.requireVerifiedEmail && !input.emailVerified) {
    throw new DomainError('email_not_verified', 'Confirm your email address first.');
  }
  const model = acceptedModel(needs, input);
  const hold = needs.policy.creditsPerMessage;
  const exchange = { userId: input.userId, exchangeId: needs.ids.next() };
  const reserved = await needs.chatLedger.reserve({
    ...exchange,
    conversationId: input.conversationId,
    model: model.name,
    message: input.message,
    hold,
    leaseMs: Math.min(needs.policy.holdLeaseMs, needs.policy.holdTtlMs),
    idempotencyKey: input.idempotencyKey,
  });
  switch (reserved.outcome) {
    case 'insufficient':
      throw new DomainError('insufficient_credits', 'The balance does not suffice for this message.', {
        balance: reserved.balance,
        required: hold,
      });
    case 'key_claimed':
      return replay(reserved.exchange, input, model);
    case 'reserved':
      return answer(needs, input, model, exchange, hold, reserved.createdAt);
  }
}

function acceptedModel(needs: SendMessageNeeds, input: SendMessageInput): ModelOffer {
  refuseFaults({
    message: messageFaults(input.message, needs.policy.maxMessageChars),
    'Idempotency-Key': input.idempotencyKey === null ? [] : idempotencyKeyFaults(input.idempotencyKey),
  });
  if (input.conversationId !== null) {
    throw new DomainError('not_found', 'There is no such conversation.');
  }
  const model = needs.models.find(({ name }) => input.model === null || name === input.model);
  if (model === undefined) throw new DomainError('model_not_found', 'There is no model of this name.');
  return model;
}

function replay(earlier: Exchange, input: SendMessageInput, model: ModelOffer): SentMessage {
  const sameRequest =
    earlier.message === input.message &&
    earlier.conversationId === input.conversationId &&
    earlier.model === model.name;
  if (!sameRequest) {
    throw new DomainError(
      'idempotency_key_reused',
      'This idempotency key was used for another message, conversation or model.',
    );
  }
  if (earlier.reply === null || earlier.captured === null || earlier.balanceAfter === null) {
    throw new DomainError(
      'idempotency_in_progress',
      'The first request with this idempotency key is still running.',
      { retryAfterSeconds: 1 },
    );
  }
  return {
    exchangeId: earlier.id,
    conversationId: earlier.conversationId,
    reply: earlier.reply,
    model: earlier.model,
    charged: earlier.captured,
    balance: earlier.balanceAfter,
    usage: earlier.usage,
    createdAt: earlier.createdAt,
    replayed: true,
  };
}

async function answer(
  needs: SendMessageNeeds,
  input: SendMessageInput,
  model: ModelOffer,
  exchange: ExchangeReference,
  price: number,
  createdAt: Date,
): Promise<SentMessage> {
  const signal = input.idempotencyKey === null ? input.signal : new AbortController().signal;
  const stopRenewing = keepHold(needs, exchange);
  try {
    const gathered = await gather(needs, model, input.message, signal);
    if (gathered.outcome === 'failed') {
      await needs.chatLedger.release({ exchange, status: 'failed', failure: gathered.error.code });
      throw gathered.error;
    }
    if (gathered.outcome === 'abandoned' && gathered.text === '') {
      await needs.chatLedger.release({ exchange, status: 'cancelled', failure: null });
      throw signal.reason;
    }
    const usage = gathered.outcome === 'complete' ? gathered.usage : null;
    const settled = await needs.chatLedger.settle({
      exchange,
      entryId: needs.ids.next(),
      status: gathered.outcome === 'complete' ? 'completed' : 'cancelled',
      capture: price,
      reply: gathered.text,
      usage,
    });
    if (settled.outcome === 'already_final') {
      throw new DomainError('provider_timeout', 'The reply came after its hold had expired.');
    }
    return {
      exchangeId: exchange.exchangeId,
      conversationId: input.conversationId,
      reply: gathered.text,
      model: model.name,
      charged: price,
      balance: settled.balance,
      usage,
      createdAt,
      replayed: false,
    };
  } finally {
    stopRenewing();
  }
}

async function gather(
  needs: SendMessageNeeds,
  model: ModelOffer,
  message: string,
  signal: AbortSignal,
): Promise<RelayedReply> {
  const relayed = relayReply(needs, [model], {
    messages: [{ role: 'user', text: message }],
    maxOutputTokens: null,
    sampling: {},
    tools: [],
    toolChoice: null,
    signal,
  });
  for (;;) {
    const next = await relayed.next();
    if (next.done === true) return next.value;
  }
}
