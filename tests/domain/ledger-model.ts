import fc from 'fast-check';
import { expect } from 'vitest';
import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import { noWalletRules, type WalletRules } from '../../src/domain/metering/wallet-rules.js';
import type { Hold } from '../../src/domain/metering/hold.js';
import { allEntries, allExchanges, createAccount, expectSound } from '../../src/testing/accounts.js';
import type { StoreHarness } from '../../src/testing/store-harness.js';
import { ledgerCommands, type Ledger } from './ledger-commands.js';
import { newOracle, type Oracle, type OracleClock, type OracleExchange } from './ledger-oracle.js';

const openings = [1000, 0];
const maxSteps = 50;

/** How a property was checked. */
export interface ModelFigures {
  seed: number;
  runs: number;
}

/**
 * Does random things to a ledger and to an oracle, and compares them after every step. Each run has accounts of its
 * own; a shared harness is left without open holds and keys. Returns how many steps were taken.
 */
export async function expectLedgerToFollowOracle(
  openHarness: () => Promise<StoreHarness>,
  { seed, runs }: ModelFigures,
): Promise<{ runs: number; steps: number }> {
  const done = { runs: 0, steps: 0 };
  const commands = fc.commands(ledgerCommands, { maxCommands: maxSteps, size: 'max' });
  const property = fc.asyncProperty(commands, async (steps) => {
    const harness = await openHarness();
    const userIds: string[] = [];
    for (const credits of openings) userIds.push(await createAccount(harness.stores, credits));
    const { clock, rules } = calendarOf(harness);
    const [model, real] = [newOracle(openings, clock), { harness, userIds, rules }];
    await fc.asyncModelRun(() => ({ model, real }), steps);
    await expectSameBooks(model, real);
    await leaveNothing(harness);
    done.runs += 1;
    done.steps += Array.from(steps).length;
  });
  await fc.assert(property, { seed, numRuns: runs, endOnFailure: false });
  return done;
}

/**
 * The time zone of a run, in which no step is near the end of a day: the databases have clocks that run on, and steps take
 * whole hours.
 */
function calendarOf({ nowMs: ownClock }: StoreHarness): { clock: OracleClock; rules: WalletRules } {
  const minutes = new Date(ownClock?.() ?? Date.now()).getUTCMinutes();
  const isNearWholeHour = minutes < 10 || minutes > 50;
  const [timeZone, offsetHours] = isNearWholeHour ? ['Asia/Kolkata', 5.5] : ['UTC', 0];
  return {
    clock: {
      nowMs: ownClock ?? (() => Date.now()),
      movesStored: ownClock === undefined,
      offsetMs: offsetHours * 60 * 60 * 1000,
    },
    rules: { ...noWalletRules, timeZone },
  };
}

async function expectSameBooks(oracle: Oracle, { harness, userIds }: Ledger): Promise<void> {
  await expectSound(harness.stores);
  for (const [number, userId] of userIds.entries()) {
    const entries = (await allEntries(harness.stores, userId)).reverse();
    expect(entries.map(({ kind, amount, balanceAfter }) => ({ kind, amount, balanceAfter }))).toEqual(
      oracle.accounts[number]?.entries,
    );
    const ofAccount = oracle.exchanges.filter(({ account }) => account === number);
    const exchanges = (await allExchanges(harness.stores, userId)).reverse();
    expect(exchanges.map(factsOf)).toEqual(
      ofAccount.filter(({ action }) => action === 'chat').map(expectedFacts),
    );
    for (const other of ofAccount.filter(({ action }) => action !== 'chat')) {
      const hold = await harness.stores.holdLedger.find(other.id);
      expect(hold && { ...factsOf(hold), action: hold.action }).toEqual({
        ...expectedFacts(other),
        action: other.action,
      });
    }
  }
}

type Facts = Pick<Hold, 'id' | 'held' | 'holdState' | 'captured' | 'taken' | 'uncollected'>;

function factsOf({ id, held, holdState, captured, taken, uncollected }: Facts): Facts {
  return { id, held, holdState, captured, taken, uncollected };
}

function expectedFacts({ id, hold, state, captured, taken, uncollected }: OracleExchange): Facts {
  return { id, held: hold, holdState: state, captured, taken, uncollected };
}

async function leaveNothing(harness: StoreHarness): Promise<void> {
  await harness.stores.holdLedger.expireHolds({ everyOpen: true });
  await harness.advance(idempotencyKeyTtlMs);
  await harness.stores.holdLedger.forgetOldKeys();
}
