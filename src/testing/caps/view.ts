import { expect } from 'expect';
import { noWalletRules, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { NewCap } from '../../ports/cap-store.js';
import { createKey, openSession, reserveRequest, type ReserveOverrides } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import { newCap } from './new-cap.js';

/** What tests of caps do and see; the harness is open only while tests run. */
export function capView(harness: () => StoreHarness) {
  return {
    ledger: () => harness().stores.holdLedger,
    setCap: async (userId: string, overrides: Partial<NewCap>): Promise<void> => {
      const set = await harness().stores.capStore.set(newCap(userId, overrides));
      expect(set.outcome).toMatch(/created|changed/);
    },
    reserve: async (userId: string, overrides: ReserveOverrides = {}) =>
      (await harness().stores.holdLedger.reserve(reserveRequest(userId, overrides))).outcome,
    /** What is spent and left of each cap. */
    spentAndLeft: async (userId: string, rules: WalletRules = noWalletRules) => {
      const states = (await harness().stores.capStore.states(userId, rules)) ?? [];
      return states.map(({ spent, left }) => [spent, left]);
    },
    /** Returns the id of a new API key of an account. */
    keyOf: async (userId: string): Promise<string> => {
      const { sessionId } = await openSession(harness().stores, userId);
      const { key } = await createKey(harness().stores, { userId, sessionId });
      if (key === null) throw new Error('No key was created.');
      return key.id;
    },
  };
}
