import fc from 'fast-check';
import { expect } from 'vitest';
import { entryIds } from '../../src/testing/accounts.js';
import type { ClockedHarness } from '../adapters/clocked-harness.js';
import { doWhatIsDue } from './ledger-oracle.js';
import { heldOf, type Oracle, type OracleAccount, type OracleExchange } from './ledger-oracle-state.js';

/** The ledger under test, and the ids of what the oracle knows by its number. */
export interface Ledger {
  harness: ClockedHarness;
  userIds: readonly string[];
  /** The ids of the API keys of each account. */
  apiKeyIds: readonly (readonly string[])[];
  /** Whether lots are read after each step, so that what was charged is attributed to them at once. */
  isEager: boolean;
}

/** What can be done to a ledger, with what the oracle expects to come of it. */
export type Command = fc.AsyncCommand<Oracle, Ledger>;

/** A step, after which each account's balance, holds and lots are those of the oracle. */
export function step(name: string, run: (oracle: Oracle, ledger: Ledger) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (oracle, ledger) => {
      await run(oracle, ledger);
      for (const account of oracle.accounts) await expectSameAccount(oracle, ledger, account);
    },
    toString: () => name,
  };
}

/** A step with one of the exchanges so far, counted from the newest. */
export function stepOnExchange(
  name: string,
  index: number,
  run: (oracle: Oracle, ledger: Ledger, exchange: OracleExchange) => Promise<void>,
): Command {
  const picked = ({ exchanges }: Readonly<Oracle>) => exchanges.at(-1 - index);
  return {
    ...step(name, async (oracle, ledger) => {
      const exchange = picked(oracle);
      if (exchange !== undefined) await run(oracle, ledger, exchange);
    }),
    check: (oracle) => picked(oracle) !== undefined,
  };
}

export function idOf({ userIds }: Ledger, number: number): string {
  const userId = userIds[number];
  if (userId === undefined) throw new TypeError('There is no such account.');
  return userId;
}

/** The id of an API key of an account; null for null. */
export function apiKeyIdOf({ apiKeyIds }: Ledger, number: number, apiKey: number | null): string | null {
  return apiKey === null ? null : (apiKeyIds[number]?.[apiKey] ?? null);
}

async function expectSameAccount(oracle: Oracle, ledger: Ledger, account: OracleAccount): Promise<void> {
  const userId = idOf(ledger, account.number);
  doWhatIsDue(oracle, account);
  expect(
    await ledger.harness.stores.creditLedger.balance(userId, { rules: oracle.rules, ids: entryIds }),
  ).toEqual({
    balance: account.balance,
    held: heldOf(oracle, account.number),
  });
  if (ledger.isEager) await expectSameLots(ledger, account);
}

/** Expects that the lots of an account are those of the oracle, which learns their ids. */
export async function expectSameLots(ledger: Ledger, account: OracleAccount): Promise<void> {
  const { lotLedger } = ledger.harness.stores;
  const all = { limit: 1000, before: null };
  const page = await lotLedger.lots(idOf(ledger, account.number), all, { onlyLeft: false, ids: entryIds });
  if (account.isErased) {
    expect(page).toBeNull();
    return;
  }
  const lots = (page?.results ?? []).reverse();
  const facts = lots.map(({ kind, amount, left, priority, expiresAt, period }) => ({
    ...{ kind, amount, left, priority, expiresAtMs: expiresAt?.getTime() ?? null, period },
  }));
  expect(facts).toEqual(
    account.lots.map(({ kind, amount, left, priority, expiresAtMs, period }) => ({
      ...{ kind, amount, left, priority, expiresAtMs, period },
    })),
  );
  for (const [index, lot] of account.lots.entries()) lot.id = lots[index]?.id ?? null;
}
