import type { Exchange } from '../../domain/chat/exchange.js';
import type { HoldLedger, PartialReply } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { makeKeptDue } from './account-lots.js';
import { addToCounters } from './cap-counters.js';
import { reserve, spend } from './reserve.js';
import { settle } from './settle.js';
import {
  blankTexts,
  findOpen,
  frozen,
  frozenTexts,
  isChat,
  isKeyExpired,
  storeExchange,
  type OpenHold,
} from './stored-exchanges.js';
import type { Account } from './account-state.js';
import { copyOf, pageOfStored, runAtomically, type MemoryState } from './state.js';

/** Holds and charges in memory. Each operation is synchronous code, and therefore atomic. */
export function memoryHoldLedger(state: MemoryState, clock: Pick<Clock, 'now'>): HoldLedger {
  return {
    reserve: (request) => runAtomically(() => reserve(state, clock, request)),
    spend: (request) => runAtomically(() => spend(state, clock, request)),
    renew: ({ userId, exchangeId }, leaseMs, partial = null) =>
      runAtomically(() => {
        const open = findOpen(state, { userId, exchangeId });
        const nowMs = clock.now().getTime();
        if (open === null || open.stored.deadlineMs <= nowMs) return false;
        const exchange = withPartial(open.stored.exchange, partial);
        storeExchange(open.account, { ...open.stored, exchange, deadlineMs: nowMs + leaseMs });
        return true;
      }),
    settle: (settlement) => runAtomically(() => settle(state, clock, settlement)),
    release: ({ exchange: reference, status, failure, failedModels, partial = null, endKey = null }) =>
      runAtomically(() => {
        const open = findOpen(state, reference);
        if (open === null) return { outcome: 'already_final' };
        const partialExchange = withPartial(open.stored.exchange, partial);
        const exchange = { ...partialExchange, endKey, failedModels: frozenTexts(failedModels) };
        const stored = { ...open.stored, exchange };
        returnHold({ ...open, stored }, clock, { holdState: 'released', status }, failure);
        return { outcome: 'released', balance: open.account.balance };
      }),
    expireHolds: ({ everyOpen }) => runAtomically(() => expireHolds(state, clock, everyOpen)),
    forgetOldKeys: () => runAtomically(() => forgetOldKeys(state, clock)),
    find: (id) =>
      runAtomically(() => {
        for (const { exchanges } of state.accounts.values()) {
          const exchange = exchanges.get(id)?.exchange;
          if (exchange !== undefined) return isChat(exchange) ? null : copyOf(exchange);
        }
        return null;
      }),
    exchange: ({ userId, exchangeId }) =>
      runAtomically(() => {
        const exchange = state.accounts.get(userId)?.exchanges.get(exchangeId)?.exchange;
        return exchange === undefined || !isChat(exchange) ? null : copyOf(exchange);
      }),
    attachment: ({ userId, exchangeId }, position) =>
      runAtomically(() => {
        const stored = state.accounts.get(userId)?.exchanges.get(exchangeId);
        return structuredClone(stored?.attachments?.[position] ?? null);
      }),
    requestStop: (reference) =>
      runAtomically(() => {
        const open = findOpen(state, reference);
        if (open === null || !isChat(open.stored.exchange)) return;
        storeExchange(open.account, { ...open.stored, isStopRequested: true });
      }),
    stopRequests: (references) =>
      runAtomically(() =>
        references
          .filter(({ userId, exchangeId }) => {
            const stored = state.accounts.get(userId)?.exchanges.get(exchangeId);
            return stored?.isStopRequested === true;
          })
          .map(({ exchangeId }) => exchangeId),
      ),
    exchanges: (userId, page) =>
      runAtomically(() => {
        const stored = state.accounts.get(userId)?.exchanges.values() ?? [];
        return pageOfStored<Exchange>(Array.from(stored, ({ exchange }) => exchange).filter(isChat), page);
      }),
  };
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

/** The exchange with its partial reply, unless its texts were erased. */
function withPartial(exchange: Readonly<Exchange>, partial: PartialReply | null): Readonly<Exchange> {
  if (partial === null || exchange.isErased) return exchange;
  const { reply, toolCalls, replyParts = null } = partial;
  return { ...exchange, reply, toolCalls: frozen(toolCalls), replyParts: frozen(replyParts) };
}

function returnHold(
  { account, stored }: OpenHold,
  clock: Pick<Clock, 'now'>,
  ended: Pick<Exchange, 'holdState' | 'status'>,
  failure: string | null,
): void {
  const exchange = { ...stored.exchange, ...ended, failure };
  const now = clock.now();
  account.balance += stored.exchange.held;
  makeKeptDue(account, now);
  storeExchange(account, { ...stored, exchange, idempotencyKey: null, endedAt: now });
  addToCounters(account, exchange, -stored.exchange.held);
}

function expireHolds(state: MemoryState, clock: Pick<Clock, 'now'>, everyOpen: boolean): number {
  const nowMs = clock.now().getTime();
  let expired = 0;
  for (const account of state.accounts.values()) {
    for (const id of account.openHolds) {
      const stored = account.exchanges.get(id);
      if (stored === undefined) continue;
      if (stored.deadlineMs > nowMs && !(everyOpen && isChat(stored.exchange))) continue;
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
