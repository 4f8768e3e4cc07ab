import type { Settlement, SettleOutcome } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import { bringLotsUpToDate, makeKeptDue } from './account-lots.js';
import { creditsLeftByCaps, addToCounters } from './cap-counters.js';
import { alertIfLow } from './low-balance.js';
import { appendEntry } from './account-state.js';
import type { MemoryState } from './state.js';
import { findOpen, frozen, frozenTexts, storeExchange, type OpenHold } from './stored-exchanges.js';

/** Ends an open hold with a charge. If the outcome is not `settled`, nothing has changed. */
export function settle(state: MemoryState, clock: Pick<Clock, 'now'>, settlement: Settlement): SettleOutcome {
  const { capture, entryId, units, endKey, chat } = settlement;
  const { userId, exchangeId } = settlement.exchange;
  if (!Number.isSafeInteger(capture) || capture < 0) {
    throw new TypeError('The captured amount must be a whole number, 0 or more.');
  }
  const now = clock.now();
  const open = findOpen(state, settlement.exchange);
  if (open === null || open.stored.deadlineMs <= now.getTime()) {
    const isErased = state.accounts.get(userId)?.isClosed === true;
    return { outcome: isErased ? 'account_erased' : 'already_final' };
  }
  const { account, stored } = open;
  const { held, isErased, action } = stored.exchange;
  const excess = capture - held;
  const taken = excess > 0 ? Math.min(excess, extraCredits(open, now, settlement)) : 0;
  const captured = Math.min(capture, held + taken);
  const balanceAfter = account.balance + held - captured;
  const details = settlement.details
    ? Object.freeze(structuredClone(settlement.details))
    : stored.exchange.details;
  appendEntry(account, {
    id: entryId,
    userId,
    kind: 'charge',
    // Not `-captured`, which is −0 for a capture of 0.
    amount: 0 - captured,
    balanceAfter,
    ...{ exchangeId, action, units, details: chat === null ? details : null },
    reason: null,
    createdAt: now,
  });
  account.balance = balanceAfter;
  if (captured !== held) makeKeptDue(account, now);
  const exchange = {
    ...stored.exchange,
    ...{ captured, taken, uncollected: capture - captured, balanceAfter, units, details },
    status: chat?.status ?? ('completed' as const),
    repliedBy: chat?.repliedBy ?? null,
    finishReason: chat?.finishReason ?? null,
    stopSequence: isErased ? null : (chat?.stopSequence ?? null),
    failedModels: frozenTexts(chat?.failedModels),
    holdState: 'captured' as const,
    reply: isErased ? '' : (chat?.reply ?? ''),
    toolCalls: isErased ? null : frozen(chat?.toolCalls ?? null),
    replyParts: isErased ? null : frozen(chat?.replyParts ?? null),
    usage: chat?.usage ? Object.freeze({ ...chat.usage }) : null,
    endKey: endKey && Object.freeze({ ...endKey }),
  };
  storeExchange(account, { ...stored, exchange, endedAt: now });
  addToCounters(account, exchange, captured - held);
  alertIfLow(account, now, { decrease: captured, lowBalance: settlement.rules.lowBalance });
  return { outcome: 'settled', balance: balanceAfter, captured, uncollected: capture - captured };
}

/** How many credits may be taken beyond the hold. */
function extraCredits({ account, stored }: OpenHold, now: Date, { entryId, rules }: Settlement): number {
  bringLotsUpToDate(account, now, rules, entryIdsBefore(entryId));
  const left = creditsLeftByCaps(account, stored.exchange, rules);
  return Math.min(account.balance, left ?? account.balance);
}
