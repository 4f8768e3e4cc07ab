import { expect } from 'expect';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Balance } from '../../domain/ledger/entry.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { allExchanges } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

/** A hold ledger under test and what can be seen of it; the harness is open only while tests run. */
export interface HoldLedgerView {
  runner: TestRunner;
  harness: () => StoreHarness;
  ledger: () => HoldLedger;
  balanceOf: (userId: string) => Promise<Balance | null>;
  /** The exchange of an account that has one. */
  onlyExchange: (userId: string) => Promise<Exchange>;
}

/** The view of a harness. */
export function holdLedgerView(runner: TestRunner, harness: () => StoreHarness): HoldLedgerView {
  return {
    runner,
    harness,
    ledger: () => harness().stores.holdLedger,
    balanceOf: (userId) => harness().stores.creditLedger.balance(userId),
    async onlyExchange(userId) {
      const [exchange, ...others] = await allExchanges(harness().stores, userId);
      expect(others).toEqual([]);
      if (exchange === undefined) throw new Error('There is no exchange.');
      return exchange;
    },
  };
}
