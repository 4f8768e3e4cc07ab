import { idempotencyKeyTtlMs, type Exchange } from '../../domain/chat/exchange.js';
import type { ChatLedger, ReserveOutcome, ReserveRequest, SettleOutcome } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import {
  appendEntry,
  atOnce,
  copyOf,
  pageOfKept,
  type Account,
  type MemoryState,
  type StoredExchange,
} from './state.js';

/** The money of chats in memory; each of its promises is one piece of synchronous code. */
export function memoryChatLedger(state: MemoryState, clock: Pick<Clock, 'now'>): ChatLedger {
  return {
    reserve: (request) => atOnce(() => reserve(state, clock, request)),
    renew: ({ userId, exchangeId }, leaseMs) =>
      atOnce(() => {
        const open = findOpen(state, userId, exchangeId);
        const nowMs = clock.now().getTime();
        if (open === null || open.stored.deadlineMs <= nowMs) return false;
        keep(open.account, { ...open.stored, deadlineMs: nowMs + leaseMs });
        return true;
      }),
    settle: (settlement) => atOnce(() => settle(state, clock, settlement)),
    release: ({ exchange: { userId, exchangeId }, status, failure }) =>
      atOnce(() => {
        const open = findOpen(state, userId, exchangeId);
        if (open === null) return { outcome: 'already_final' };
        giveBack(open, clock, { holdState: 'released', status }, failure);
        return { outcome: 'released' };
      }),
    expireHolds: ({ everyOpen }) => atOnce(() => expireHolds(state, clock, everyOpen)),
    forgetOldKeys: () => atOnce(() => forgetOldKeys(state, clock)),
    exchanges: (userId, page) =>
      atOnce(() => {
        const stored = state.accounts.get(userId)?.exchanges.values() ?? [];
        return pageOfKept<Exchange>(
          Array.from(stored, ({ exchange }) => exchange),
          page,
        );
      }),
  };
}

interface OpenHold {
  account: Account;
  stored: StoredExchange;
}

function findOpen(state: MemoryState, userId: string, exchangeId: string): OpenHold | null {
  const account = state.accounts.get(userId);
  const stored = account?.exchanges.get(exchangeId);
  return account === undefined || stored?.exchange.holdState !== 'open' ? null : { account, stored };
}

/** Ends an account's open holds as failed, gives all of it back, and leaves none of its texts. */
export function eraseExchanges(account: Account, clock: Pick<Clock, 'now'>): void {
  for (const id of [...account.openHolds]) {
    const stored = account.exchanges.get(id);
    if (stored === undefined) continue;
    giveBack({ account, stored }, clock, { holdState: 'released', status: 'failed' }, null);
  }
  for (const stored of account.exchanges.values()) {
    const reply = stored.exchange.reply === null ? null : '';
    keep(account, {
      ...stored,
      idempotencyKey: null,
      exchange: { ...stored.exchange, message: '', reply },
    });
  }
}

/** Puts an exchange in the place of its earlier form, and keeps what is derived from it in step. */
function keep(account: Account, stored: StoredExchange): void {
  const { id, holdState } = stored.exchange;
  const earlierKey = account.exchanges.get(id)?.idempotencyKey ?? null;
  if (earlierKey !== null) account.claims.delete(earlierKey);
  if (stored.idempotencyKey !== null) account.claims.set(stored.idempotencyKey, id);
  if (holdState === 'open') account.openHolds.add(id);
  else account.openHolds.delete(id);
  account.exchanges.set(id, Object.freeze({ ...stored, exchange: Object.freeze(stored.exchange) }));
}

function reserve(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  { exchangeId, userId, conversationId, model, message, hold, leaseMs, idempotencyKey }: ReserveRequest,
): ReserveOutcome {
  if (!Number.isSafeInteger(hold) || hold < 0) throw new TypeError('A hold is a whole number, 0 or more.');
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'insufficient', balance: 0 };
  const createdAt = clock.now();
  const claim = idempotencyKey === null ? undefined : findClaim(account, idempotencyKey);
  if (claim !== undefined && !isOld(claim, createdAt)) {
    return { outcome: 'key_claimed', exchange: copyOf(claim.exchange) };
  }
  if (account.balance < hold) return { outcome: 'insufficient', balance: account.balance };
  if (account.exchanges.has(exchangeId)) throw new TypeError('There is an exchange of this id.');
  if (claim !== undefined) keep(account, { ...claim, idempotencyKey: null });
  account.balance -= hold;
  const exchange: Exchange = {
    id: exchangeId,
    userId,
    conversationId,
    model,
    message,
    reply: null,
    status: 'pending',
    held: hold,
    holdState: 'open',
    captured: null,
    balanceAfter: null,
    usage: null,
    createdAt,
  };
  const deadlineMs = createdAt.getTime() + leaseMs;
  keep(account, { exchange, deadlineMs, idempotencyKey, failure: null, endedAt: null });
  return { outcome: 'reserved', createdAt: new Date(createdAt), balance: account.balance };
}

function findClaim(account: Account, key: string): StoredExchange | undefined {
  return account.exchanges.get(account.claims.get(key) ?? '');
}

function isOld({ exchange }: StoredExchange, now: Date): boolean {
  return exchange.createdAt.getTime() <= now.getTime() - idempotencyKeyTtlMs;
}

function settle(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  settlement: Parameters<ChatLedger['settle']>[0],
): SettleOutcome {
  const { capture, entryId, status, reply, usage } = settlement;
  const { userId, exchangeId } = settlement.exchange;
  const inBounds = Number.isSafeInteger(capture) && capture >= 0;
  const now = clock.now();
  const open = findOpen(state, userId, exchangeId);
  if (inBounds && (open === null || open.stored.deadlineMs <= now.getTime()))
    return { outcome: 'already_final' };
  if (!inBounds || open === null || capture > open.stored.exchange.held) {
    throw new TypeError('A capture is between 0 and what is held.');
  }
  const { account, stored } = open;
  const balanceAfter = account.balance + stored.exchange.held - capture;
  appendEntry(account, {
    id: entryId,
    userId,
    kind: 'charge',
    // Not −0, which is another number than the 0 that comes out of a database.
    amount: 0 - capture,
    balanceAfter,
    exchangeId,
    reason: null,
    createdAt: now,
  });
  account.balance = balanceAfter;
  const ended = { status, reply, holdState: 'captured', captured: capture, balanceAfter } as const;
  const exchange = {
    ...stored.exchange,
    ...ended,
    usage: usage === null ? null : Object.freeze({ ...usage }),
  };
  keep(account, { ...stored, exchange, endedAt: now });
  return { outcome: 'settled', balance: balanceAfter };
}

function giveBack(
  { account, stored }: OpenHold,
  clock: Pick<Clock, 'now'>,
  ended: Pick<Exchange, 'holdState' | 'status'>,
  failure: string | null,
): void {
  const exchange = { ...stored.exchange, ...ended };
  account.balance += stored.exchange.held;
  keep(account, { ...stored, exchange, idempotencyKey: null, failure, endedAt: clock.now() });
}

function expireHolds(state: MemoryState, clock: Pick<Clock, 'now'>, everyOpen: boolean): number {
  const nowMs = clock.now().getTime();
  let expired = 0;
  for (const account of state.accounts.values()) {
    for (const id of account.openHolds) {
      const stored = account.exchanges.get(id);
      if (stored === undefined || (!everyOpen && stored.deadlineMs > nowMs)) continue;
      giveBack({ account, stored }, clock, { holdState: 'expired', status: 'failed' }, null);
      expired += 1;
    }
  }
  return expired;
}

function forgetOldKeys(state: MemoryState, clock: Pick<Clock, 'now'>): number {
  const now = clock.now();
  let forgotten = 0;
  for (const account of state.accounts.values()) {
    for (const exchangeId of account.claims.values()) {
      const stored = account.exchanges.get(exchangeId);
      if (stored === undefined || !isOld(stored, now)) continue;
      keep(account, { ...stored, idempotencyKey: null });
      forgotten += 1;
    }
  }
  return forgotten;
}
