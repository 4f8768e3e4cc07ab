import { expect } from 'vitest';
import { echoModel } from '../../../../src/adapters/ai/echo.js';
import { memoryStores } from '../../../../src/adapters/memory/memory-stores.js';
import { nodeSecrets, systemClock, uuidIds } from '../../../../src/adapters/system/system.js';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { createCore, type Core } from '../../../../src/domain/core.js';
import type { Price } from '../../../../src/domain/metering/price.js';
import { allEntries, createAccount, expectSound } from '../../../../src/testing/accounts.js';

/** An account of 1,000 credits, in a core whose offer `test-model` costs 2 credits a token of input and 3 of output. */
export interface MeteredAccount {
  core: Core;
  userId: string;
  /** The amounts that were charged, oldest first. */
  charges(): Promise<number[]>;
  balance(): Promise<{ balance: number; held: number }>;
  /** Expects that nothing is held, and that the ledger is sound. */
  expectSettled(): Promise<void>;
}

export async function openAccount(credits = 1_000, price: Price = usagePrice): Promise<MeteredAccount> {
  const clock = systemClock();
  const stores = memoryStores(clock);
  const offer = { name: 'test-model', model: echoModel(), price, contextTokens: 200, maxOutputTokens: 50 };
  const core = createCore({ ...stores, secrets: nodeSecrets(), ids: uuidIds(), clock, models: [offer] });
  const userId = await createAccount(stores, credits);
  const balance = () => core.ledger.balance({ caller: operatorCaller, userId });
  return {
    ...{ core, userId, balance },
    charges: async () => {
      const entries = await allEntries(stores, userId);
      return entries
        .filter(({ kind }) => kind === 'charge')
        .map(({ amount }) => -amount)
        .reverse();
    },
    expectSettled: async () => {
      expect((await balance()).held).toBe(0);
      await expectSound(stores);
    },
  };
}

export const usagePrice: Price = { per1mInput: 2_000_000, per1mOutput: 3_000_000 };
