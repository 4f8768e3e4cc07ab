import type { Exchange } from '../../domain/chat/exchange.js';
import type { HoldLedger, PartialReply, SettleOutcome } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { blankTexts, isKeyExpired, storeExchange } from './stored-exchanges.js';
import { reserve } from './reserve.js';
import {
  appendEntry,
  runAtomically,
  pageOfStored,
  type Account,
  type MemoryState,
  type StoredExchange,
} from './state.js';

/** Holds and charges of chats in memory. Each operation is synchronous code, and therefore atomic. */
export function memoryHoldLedger(state: MemoryState, clock: Pick<Clock, 'now'>): HoldLedger {
  return {
    reserve: (request) => runAtomically(() => reserve(state, clock, request)),
    renew: ({ userId, exchangeId }, leaseMs, partial = null) =>
      runAtomically(() => {
        const open = findOpen(state, userId, exchangeId);
        const nowMs = clock.now().getTime();
        if (open === null || open.stored.deadlineMs <= nowMs) return false;
        const exchange = withPartial(open.stored.exchange, partial);
        storeExchange(open.account, { ...open.stored, exchange, deadlineMs: nowMs + leaseMs });
        return true;
      }),
    settle: (settlement) => runAtomically(() => settle(state, clock, settlement)),
    release: ({ exchange: { userId, exchangeId }, status, failure, partial = null }) =>
      runAtomically(() => {
        const open = findOpen(state, userId, exchangeId);
        if (open === null) return { outcome: 'already_final' };
        const stored = { ...open.stored, exchange: withPartial(open.stored.exchange, partial) };
        returnHold({ ...open, stored }, clock, { holdState: 'released', status }, failure);
        return { outcome: 'released' };
      }),
    expireHolds: ({ everyOpen }) => runAtomically(() => expireHolds(state, clock, everyOpen)),
    forgetOldKeys: () => runAtomically(() => forgetOldKeys(state, clock)),
    exchanges: (userId, page) =>
      runAtomically(() => {
        const stored = state.accounts.get(userId)?.exchanges.values() ?? [];
        return pageOfStored<Exchange>(
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

/** Releases the open holds of an account as failed, and removes all texts of its exchanges. */
export function eraseExchanges(account: Account, clock: Pick<Clock, 'now'>): void {
  for (const id of [...account.openHolds]) {
    const stored = account.exchanges.get(id);
    if (stored === undefined) continue;
    returnHold({ account, stored }, clock, { holdState: 'released', status: 'failed' }, null);
  }
  for (const stored of account.exchanges.values()) blankTexts(account, { ...stored, idempotencyKey: null });
  account.conversations.clear();
}

function settle(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  settlement: Parameters<HoldLedger['settle']>[0],
): SettleOutcome {
  const { capture, entryId, status, usage, repliedBy, finishReason } = settlement;
  const { userId, exchangeId } = settlement.exchange;
  const inBounds = Number.isSafeInteger(capture) && capture >= 0;
  const now = clock.now();
  const open = findOpen(state, userId, exchangeId);
  if (inBounds && (open === null || open.stored.deadlineMs <= now.getTime())) {
    const isErased = state.accounts.get(userId)?.isClosed === true;
    return { outcome: isErased ? 'account_erased' : 'already_final' };
  }
  if (!inBounds || open === null || capture > open.stored.exchange.held) {
    throw new TypeError('The captured amount must be from 0 to the amount held.');
  }
  const { account, stored } = open;
  const balanceAfter = account.balance + stored.exchange.held - capture;
  appendEntry(account, {
    id: entryId,
    userId,
    kind: 'charge',
    // Not `-capture`, which is −0 for a capture of 0.
    amount: 0 - capture,
    balanceAfter,
    exchangeId,
    reason: null,
    createdAt: now,
  });
  account.balance = balanceAfter;
  const { isErased } = stored.exchange;
  const exchange = {
    ...stored.exchange,
    ...{ status, repliedBy, finishReason, captured: capture, balanceAfter },
    holdState: 'captured' as const,
    reply: isErased ? '' : settlement.reply,
    toolCalls: isErased ? null : settlement.toolCalls && Object.freeze([...settlement.toolCalls]),
    usage: usage === null ? null : Object.freeze({ ...usage }),
  };
  storeExchange(account, { ...stored, exchange, endedAt: now });
  return { outcome: 'settled', balance: balanceAfter };
}

/** The exchange with its partial reply, unless its texts were erased. */
function withPartial(exchange: Readonly<Exchange>, partial: PartialReply | null): Readonly<Exchange> {
  if (partial === null || exchange.isErased) return exchange;
  const { reply, toolCalls } = partial;
  return { ...exchange, reply, toolCalls: toolCalls && Object.freeze([...toolCalls]) };
}

function returnHold(
  { account, stored }: OpenHold,
  clock: Pick<Clock, 'now'>,
  ended: Pick<Exchange, 'holdState' | 'status'>,
  failure: string | null,
): void {
  const exchange = { ...stored.exchange, ...ended };
  account.balance += stored.exchange.held;
  storeExchange(account, { ...stored, exchange, idempotencyKey: null, failure, endedAt: clock.now() });
}

function expireHolds(state: MemoryState, clock: Pick<Clock, 'now'>, everyOpen: boolean): number {
  const nowMs = clock.now().getTime();
  let expired = 0;
  for (const account of state.accounts.values()) {
    for (const id of account.openHolds) {
      const stored = account.exchanges.get(id);
      if (stored === undefined || (!everyOpen && stored.deadlineMs > nowMs)) continue;
      returnHold({ account, stored }, clock, { holdState: 'expired', status: 'failed' }, null);
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
      if (stored === undefined || !isKeyExpired(stored, now)) continue;
      storeExchange(account, { ...stored, idempotencyKey: null });
      forgotten += 1;
    }
  }
  return forgotten;
}
