import { expect } from 'expect';
import type { Allowance } from '../../domain/metering/allowance.js';
import type { Lot } from '../../domain/metering/lot.js';
import { noWalletRules, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { CreditLedger } from '../../ports/credit-ledger.js';
import { createAccount, entryIds, expectSound, newId, reserveRequest } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

type Post = Parameters<CreditLedger['post']>[0];

/** What differs from a grant without an expiry. */
export type GrantOverrides = Partial<Omit<Post, 'lot'>> & { expiresInMs?: number; priority?: number };

/** What the suites of `LotLedger` share: the tested stores, and shorter ways to use them. */
export interface LotLedgerView {
  runner: TestRunner;
  harness: () => StoreHarness;
  /** The time of the store. */
  now: () => Promise<Date>;
  /** Grants credits; returns the id of their lot. */
  grant: (userId: string, amount: number, overrides?: GrantOverrides) => Promise<string>;
  /** Removes credits; returns the outcome. */
  remove: (userId: string, amount: number, lotId?: string | null) => Promise<string>;
  /** Returns what is left of the lots that have something left, by id, oldest first. */
  left: (userId: string) => Promise<[string, number][]>;
  /** Returns all lots, oldest first. */
  lots: (userId: string) => Promise<Lot[]>;
  /** Returns the rules with this allowance, in a time zone in which it is about noon now. */
  rulesWith: (allowance: Allowance | null) => Promise<WalletRules>;
  /** Lets what has expired leave, as a server does each minute, and expects that every invariant holds. */
  expectSwept: () => Promise<void>;
  /** Returns the balance as its owner reads it. */
  balanceOf: (userId: string, rules?: WalletRules) => Promise<number>;
}

/** Returns what the suites of `LotLedger` share. */
export function lotLedgerView(runner: TestRunner, harness: () => StoreHarness): LotLedgerView {
  const lots = async (userId: string) => {
    const page = await harness().stores.lotLedger.lots(
      userId,
      { limit: 100, before: null },
      { onlyLeft: false, ids: entryIds },
    );
    return (page?.results ?? []).reverse();
  };
  const now = async () => {
    const userId = await createAccount(harness().stores, 0);
    const reserved = await harness().stores.holdLedger.reserve(reserveRequest(userId, { hold: 0 }));
    if (reserved.outcome !== 'reserved') throw new Error('A hold of 0 credits was refused.');
    return reserved.createdAt;
  };
  const post = (userId: string, amount: number, overrides: Partial<Post>) =>
    harness().stores.creditLedger.post({
      ...{ id: newId(), userId, amount, kind: amount > 0 ? 'grant' : 'adjustment', reason: 'why' },
      ...overrides,
    });
  return {
    runner,
    harness,
    now,
    lots,
    async grant(userId, amount, { expiresInMs, priority = null, ...overrides } = {}) {
      const expiresAt = expiresInMs === undefined ? null : new Date((await now()).getTime() + expiresInMs);
      const posted = await post(userId, amount, { ...overrides, lot: { expiresAt, priority } });
      if (posted.outcome !== 'posted') throw new Error(`The grant ended as ${posted.outcome}.`);
      return posted.entry.id;
    },
    remove: async (userId, amount, lotId = null) => (await post(userId, -amount, { lotId })).outcome,
    left: async (userId) =>
      (await lots(userId)).flatMap(({ id, left }): [string, number][] => (left > 0 ? [[id, left]] : [])),
    expectSwept: async () => {
      await harness().stores.lotLedger.expireLots(entryIds);
      await expectSound(harness().stores);
    },
    rulesWith: async (allowance) => {
      const hoursToNoon = 12 - (await now()).getUTCHours();
      // The signs of these names are reversed: Etc/GMT-3 is three hours ahead of UTC.
      const timeZone = `Etc/GMT${hoursToNoon > 0 ? '-' : '+'}${Math.abs(hoursToNoon)}`;
      return { ...noWalletRules, allowance, timeZone };
    },
    balanceOf: async (userId, rules = noWalletRules) => {
      const balance = await harness().stores.creditLedger.balance(userId, { rules, ids: entryIds });
      expect(balance).not.toBeNull();
      return balance?.balance ?? -1;
    },
  };
}
