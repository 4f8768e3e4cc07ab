import type { Exchange } from '../../domain/chat/exchange.js';
import type { ReserveOutcome, ReserveRequest } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { isKeyExpired, storeExchange } from './stored-exchanges.js';
import { copyOf, type Account, type MemoryState } from './state.js';

/** Creates a hold with its pending exchange. If the outcome is not `reserved`, nothing has changed. */
export function reserve(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  request: ReserveRequest,
): ReserveOutcome {
  const { exchangeId, userId, conversation, hold, leaseMs, idempotencyKey } = request;
  if (!Number.isSafeInteger(hold) || hold < 0)
    throw new TypeError('The hold must be a whole number, 0 or more.');
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  const createdAt = clock.now();
  const keyOwnerId = idempotencyKey === null ? undefined : account.claims.get(idempotencyKey);
  const claim = keyOwnerId === undefined ? undefined : account.exchanges.get(keyOwnerId);
  if (claim !== undefined && !isKeyExpired(claim, createdAt)) {
    return { outcome: 'key_claimed', exchange: copyOf(claim.exchange) };
  }
  if (conversation?.title === null && !account.conversations.has(conversation.id)) {
    return { outcome: 'no_such_conversation' };
  }
  if (account.balance < hold) return { outcome: 'insufficient', balance: account.balance };
  if (account.exchanges.has(exchangeId)) throw new TypeError('An exchange with this id already exists.');
  if (claim !== undefined) storeExchange(account, { ...claim, idempotencyKey: null });
  account.balance -= hold;
  const exchange = pendingExchange(request, createdAt);
  const deadlineMs = createdAt.getTime() + leaseMs;
  storeExchange(account, { exchange, deadlineMs, idempotencyKey, failure: null, endedAt: null });
  if (conversation !== null) updateConversation(account, { ...request, conversation }, createdAt);
  return { outcome: 'reserved', createdAt: new Date(createdAt), balance: account.balance };
}

function pendingExchange(request: ReserveRequest, createdAt: Date): Exchange {
  const { exchangeId, userId, conversation, model, message, hold, price, requestFingerprint } = request;
  return {
    id: exchangeId,
    userId,
    conversationId: conversation?.id ?? null,
    beginsConversation: conversation !== null && conversation.title !== null,
    model,
    repliedBy: null,
    message,
    reply: null,
    toolCalls: null,
    finishReason: null,
    status: 'pending',
    price: Object.freeze({ ...price }),
    held: hold,
    holdState: 'open',
    captured: null,
    balanceAfter: null,
    usage: null,
    requestFingerprint,
    isErased: false,
    createdAt,
  };
}

function updateConversation(
  account: Account,
  request: ReserveRequest & { conversation: NonNullable<ReserveRequest['conversation']> },
  now: Date,
): void {
  const { userId, exchangeId } = request;
  const { id, title } = request.conversation;
  const earlier = account.conversations.get(id);
  const created = { id, userId, title: title ?? '', createdAt: now };
  const conversation = Object.freeze({ ...(earlier?.conversation ?? created), updatedAt: now });
  const isNewest = earlier === undefined || exchangeId > earlier.lastExchangeId;
  const lastExchangeId = isNewest ? exchangeId : earlier.lastExchangeId;
  account.conversations.set(id, Object.freeze({ conversation, lastExchangeId }));
}
