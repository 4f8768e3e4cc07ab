import { noSettings } from '../../domain/chat/conversation.js';
import { summarizeAttachments } from '../../domain/chat/attachment.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import type { ReserveOutcome, ReserveRequest, SpendOutcome, SpendRequest } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { alertIfLow } from './low-balance.js';
import { frozen, storeExchange } from './stored-exchanges.js';
import { appendEntry, type Account } from './account-state.js';
import type { MemoryState } from './state.js';
import { takeCredits } from './take-credits.js';

/** Creates a hold, for a chat with its pending exchange. If the outcome is not `reserved`, no hold was created. */
export function reserve(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  request: ReserveRequest,
): ReserveOutcome {
  const { chat, hold, leaseMs, idempotencyKey } = request;
  const conversation = chat?.conversation ?? null;
  const createdAt = clock.now();
  const taken = takeCredits(state, createdAt, {
    ...request,
    nextEntryId: () => request.ids.next(),
    credits: hold,
    conversationId: conversation?.title === null ? conversation.id : null,
    model: chat?.model ?? '',
  });
  if (taken.outcome !== 'taken') return taken;
  const { account } = taken;
  const attachments = frozen(chat?.attachments ?? null);
  const exchange: Exchange = {
    ...newExchange(request, createdAt),
    conversationId: conversation?.id ?? null,
    beginsConversation: conversation !== null && conversation.title !== null,
    afterId: conversation?.afterId ?? null,
    model: chat?.model ?? '',
    message: chat?.message ?? '',
    attachments: attachments && Object.freeze(summarizeAttachments(attachments)),
    price: chat === null ? null : Object.freeze({ ...chat.price }),
    held: hold,
    balanceAfter: chat === null ? account.balance : null,
  };
  const deadlineMs = createdAt.getTime() + leaseMs;
  storeExchange(account, { exchange, attachments, deadlineMs, idempotencyKey, endedAt: null });
  if (conversation !== null) updateConversation(account, request, { ...conversation, now: createdAt });
  return { outcome: 'reserved', createdAt: new Date(createdAt), balance: account.balance };
}

/** Creates a captured hold and the entry of its charge. If the outcome is not `spent`, nothing was charged. */
export function spend(state: MemoryState, clock: Pick<Clock, 'now'>, request: SpendRequest): SpendOutcome {
  const { userId, exchangeId, action, amount, units, idempotencyKey } = request;
  const createdAt = clock.now();
  const taken = takeCredits(state, createdAt, {
    ...request,
    nextEntryId: entryIdsBefore(request.entryId),
    credits: amount,
    conversationId: null,
    model: '',
  });
  if (taken.outcome === 'no_such_conversation') throw new TypeError('No conversation is required.');
  if (taken.outcome !== 'taken') return taken;
  const { account } = taken;
  const exchange: Exchange = {
    ...newExchange(request, createdAt),
    ...{ reply: '', status: 'completed', held: amount, holdState: 'captured', captured: amount, units },
    balanceAfter: account.balance,
  };
  appendEntry(account, {
    id: request.entryId,
    userId,
    kind: 'charge',
    // Not `-amount`, which is −0 for an amount of 0.
    amount: 0 - amount,
    balanceAfter: account.balance,
    ...{ exchangeId, action, units, details: exchange.details },
    reason: null,
    createdAt,
  });
  const endedAt = new Date(createdAt);
  storeExchange(account, {
    exchange,
    attachments: null,
    deadlineMs: createdAt.getTime(),
    idempotencyKey,
    endedAt,
  });
  alertIfLow(account, createdAt, { decrease: amount, lowBalance: request.rules.lowBalance });
  return { outcome: 'spent', createdAt: new Date(createdAt), balance: account.balance };
}

function newExchange(request: ReserveRequest | SpendRequest, createdAt: Date): Exchange {
  const { exchangeId, userId, action, keyId, details, requestFingerprint } = request;
  return {
    id: exchangeId,
    userId,
    action,
    keyId,
    conversationId: null,
    beginsConversation: false,
    afterId: null,
    model: '',
    repliedBy: null,
    message: '',
    reply: null,
    attachments: null,
    toolCalls: null,
    replyParts: null,
    finishReason: null,
    stopSequence: null,
    status: 'pending',
    failure: null,
    failedModels: null,
    price: null,
    held: 0,
    holdState: 'open',
    captured: null,
    taken: 0,
    uncollected: 0,
    units: null,
    details: details && Object.freeze(structuredClone(details)),
    balanceAfter: null,
    usage: null,
    requestFingerprint,
    endKey: null,
    isErased: false,
    createdAt,
  };
}

type PlacedMessage = NonNullable<NonNullable<ReserveRequest['chat']>['conversation']>;

function updateConversation(
  account: Account,
  { userId, exchangeId }: ReserveRequest,
  { id, title, settings, afterId = null, now }: PlacedMessage & { now: Date },
): void {
  const earlier = account.conversations.get(id);
  const created = {
    ...{ id, userId, title: title ?? '', createdAt: now, isPinned: false, hasBranches: false },
    settings: Object.freeze({ ...noSettings, ...settings }),
  };
  const stored = earlier?.conversation ?? created;
  const hasBranches = stored.hasBranches || afterId !== null;
  const conversation = Object.freeze({ ...stored, hasBranches, updatedAt: now });
  const isNewest = earlier === undefined || exchangeId > earlier.lastExchangeId;
  const lastExchangeId = isNewest ? exchangeId : earlier.lastExchangeId;
  account.conversations.set(id, Object.freeze({ conversation, lastExchangeId }));
}
