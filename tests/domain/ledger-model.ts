import fc from 'fast-check';
import { expect } from 'vitest';
import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import type { Hold } from '../../src/domain/metering/hold.js';
import {
  allEntries,
  allExchanges,
  createAccount,
  createKey,
  entryIds,
  expectSound,
  openSession,
} from '../../src/testing/accounts.js';
import type { ClockedHarness } from '../adapters/clocked-harness.js';
import { holdCommands } from './ledger-commands.js';
import { apiKeyIdOf, expectSameLots, idOf, type Ledger } from './ledger-model-step.js';
import { capsOf, spentOf } from './ledger-oracle-caps.js';
import { expireLots } from './ledger-oracle-lots.js';
import { newOracle, type Oracle, type OracleAccount, type OracleExchange } from './ledger-oracle-state.js';
import { allowance, defaultCaps, walletCommands } from './ledger-wallet-commands.js';

const openings = [1000, 0, 300];
const maxSteps = 50;

/** Where and when a history takes place. Nights on which clocks are changed are near some of the beginnings. */
const scene = fc.record({
  beginMs: fc.constantFrom(
    Date.UTC(2030, 0, 1),
    Date.UTC(2030, 2, 9, 20),
    Date.UTC(2030, 2, 30, 12),
    Date.UTC(2030, 3, 25, 12),
    Date.UTC(2030, 9, 26, 12),
    Date.UTC(2030, 10, 2, 20),
  ),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Asia/Kolkata'),
  allowance: fc.option(allowance, { nil: null }),
  defaultCaps: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: defaultCaps }),
  isEager: fc.boolean(),
});

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
  openHarness: () => Promise<ClockedHarness>,
  { seed, runs }: ModelFigures,
): Promise<{ runs: number; steps: number }> {
  const done = { runs: 0, steps: 0 };
  const all = [...holdCommands, ...walletCommands];
  const commands = fc.commands(all, { maxCommands: maxSteps, size: 'max' });
  const property = fc.asyncProperty(scene, commands, async ({ beginMs, isEager, ...rules }, steps) => {
    const harness = await openHarness();
    await harness.advance(beginMs - harness.nowMs());
    const model = newOracle(openings, beginMs, { ...rules, lowBalance: null });
    const real = { ...(await openAccounts(harness)), harness, isEager };
    await fc.asyncModelRun(() => ({ model, real }), steps);
    await expectSameBooks(model, real);
    await leaveNothing(harness);
    done.runs += 1;
    done.steps += Array.from(steps).length;
  });
  await fc.assert(property, { seed, numRuns: runs, endOnFailure: false });
  return done;
}

async function openAccounts({ stores }: ClockedHarness): Promise<Pick<Ledger, 'userIds' | 'apiKeyIds'>> {
  const userIds: string[] = [];
  const apiKeyIds: string[][] = [];
  for (const credits of openings) {
    const userId = await createAccount(stores, credits);
    const { sessionId } = await openSession(stores, userId);
    const keys = [
      await createKey(stores, { userId, sessionId }),
      await createKey(stores, { userId, sessionId }),
    ];
    userIds.push(userId);
    apiKeyIds.push(keys.flatMap(({ key }) => (key === null ? [] : [key.id])));
  }
  return { userIds, apiKeyIds };
}

async function expectSameBooks(oracle: Oracle, ledger: Ledger): Promise<void> {
  const { stores } = ledger.harness;
  // As a server does every minute.
  await stores.lotLedger.expireLots(entryIds);
  for (const account of oracle.accounts) expireLots(oracle, account);
  await expectSound(stores);
  for (const account of oracle.accounts) {
    const userId = idOf(ledger, account.number);
    await expectSameLots(ledger, account);
    await expectSameCaps(oracle, ledger, account);
    const entries = (await allEntries(stores, userId)).reverse();
    expect(entries.map(({ kind, amount, balanceAfter }) => ({ kind, amount, balanceAfter }))).toEqual(
      account.entries,
    );
    const ofAccount = oracle.exchanges.filter((exchange) => exchange.account === account.number);
    const exchanges = (await allExchanges(stores, userId)).reverse();
    expect(exchanges.map(factsOf)).toEqual(
      ofAccount.filter(({ action }) => action === 'chat').map(expectedFacts),
    );
    for (const other of ofAccount.filter(({ action }) => action !== 'chat')) {
      const hold = await stores.holdLedger.find(other.id);
      expect(hold && { ...factsOf(hold), action: hold.action }).toEqual({
        ...expectedFacts(other),
        action: other.action,
      });
    }
  }
  await expectSound(stores);
}

async function expectSameCaps(oracle: Oracle, ledger: Ledger, account: OracleAccount): Promise<void> {
  const states = await ledger.harness.stores.capStore.states(idOf(ledger, account.number), oracle.rules);
  const facts = states?.map(({ cap, spent, left }) => {
    const { scope, keyId, model, window, limit, setBy } = cap;
    return { scope, keyId, model, window, limit, setBy, spent, left };
  });
  const expected = capsOf(oracle, account).map((cap) => {
    const { scope, model, window, limit, setBy } = cap;
    const spent = spentOf(oracle, account, cap, oracle.nowMs);
    const keyId = apiKeyIdOf(ledger, account.number, cap.apiKey);
    return { scope, keyId, model, window, limit, setBy, spent, left: Math.max(0, limit - spent) };
  });
  expect(facts ?? null).toEqual(account.isErased ? null : expected);
}

type Facts = Pick<Hold, 'id' | 'held' | 'holdState' | 'captured' | 'taken' | 'uncollected'>;

function factsOf({ id, held, holdState, captured, taken, uncollected }: Facts): Facts {
  return { id, held, holdState, captured, taken, uncollected };
}

function expectedFacts({ id, hold, state, captured, taken, uncollected }: OracleExchange): Facts {
  return { id, held: hold, holdState: state, captured, taken, uncollected };
}

async function leaveNothing(harness: ClockedHarness): Promise<void> {
  await harness.stores.holdLedger.expireHolds({ everyOpen: true });
  await harness.advance(3 * idempotencyKeyTtlMs);
  await harness.stores.holdLedger.expireHolds({ everyOpen: false });
  await harness.stores.holdLedger.forgetOldKeys();
}
