import { expect } from 'expect';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Balance } from '../../domain/ledger/entry.js';
import type { ChatLedger } from '../../ports/chat-ledger.js';
import { allExchanges } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

/** A chat ledger under test and what can be seen of it; the harness is open only while tests run. */
export interface ChatLedgerView {
  runner: TestRunner;
  harness: () => StoreHarness;
  ledger: () => ChatLedger;
  balanceOf: (userId: string) => Promise<Balance | null>;
  /** The exchange of an account that has one. */
  onlyExchange: (userId: string) => Promise<Exchange>;
}

/** The view of a harness. */
export function chatLedgerView(runner: TestRunner, harness: () => StoreHarness): ChatLedgerView {
  return {
    runner,
    harness,
    ledger: () => harness().stores.chatLedger,
    balanceOf: (userId) => harness().stores.creditLedger.balance(userId),
    async onlyExchange(userId) {
      const [exchange, ...others] = await allExchanges(harness().stores, userId);
      expect(others).toEqual([]);
      if (exchange === undefined) throw new Error('There is no exchange.');
      return exchange;
    },
  };
}
