import { maxCredits } from '../../domain/ledger/entry.js';
import { appendEntry, noCharge, type Account, type StoredExchange } from './account-state.js';
import type { MemoryState } from './state.js';

/** Creates the balance of a new user, with the entry of the opening grant if its amount is above 0. */
export function openAccount(
  { events }: Pick<MemoryState, 'events'>,
  userId: string,
  grant: { entryId: string; amount: number; reason: string; createdAt: Date },
  exchanges: readonly StoredExchange[] = [],
): Account {
  const { entryId, amount, reason, createdAt } = grant;
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new TypeError(`The opening grant must be a whole number from 0 to ${maxCredits}.`);
  }
  const account: Account = {
    userId,
    balance: amount,
    isClosed: false,
    entries: new Map(),
    exchanges: new Map(exchanges.map((stored) => [stored.exchange.id, stored])),
    conversations: new Map(),
    claims: new Map(),
    entryClaims: new Map(),
    openHolds: new Set(),
    dueAt: null,
    allowanceRule: null,
    lots: new Map(),
    lotsTotal: null,
    lotChanges: [],
    expiredLots: new Map(),
    lotUses: [],
    allowance: null,
    hasCaps: false,
    caps: new Map(),
    capCounters: new Map(),
    lowBalance: null,
    alert: null,
    reachedCaps: new Set(),
    eventSequence: 0,
    outbox: events,
    debt: 0,
    debtHolds: new Map(),
    orders: new Map(),
  };
  if (amount > 0) {
    const entry = { id: entryId, userId, kind: 'grant', amount, balanceAfter: amount } as const;
    appendEntry(account, { ...entry, ...noCharge, reason, createdAt });
  }
  return account;
}
