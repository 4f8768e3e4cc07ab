import { expect, test } from 'vitest';
import { memoryHarness } from '../adapters/memory/memory-harness.js';
import type { ClockedHarness } from '../adapters/clocked-harness.js';
import { clockedSqlEngines } from '../adapters/postgres/clocked-sql-harness.js';
import { repetitions } from '../process/repetitions.js';
import { chosenSeed } from '../seed.js';
import { expectLedgerToFollowOracle } from './ledger-model.js';

async function follow(name: string, runs: number, openHarness: () => Promise<ClockedHarness>): Promise<void> {
  const seed = chosenSeed();
  const done = await expectLedgerToFollowOracle(openHarness, { seed, runs });
  console.log(`${done.runs} of ${runs} runs, ${done.steps} steps, on ${name} (seed ${seed})`);
  expect(done.runs).toBe(runs);
}

test('random commands leave a ledger in memory in the same state as a simple model', () =>
  follow('memory', repetitions(10_000), memoryHarness));

test.each(Object.entries(clockedSqlEngines))(
  'random commands leave a ledger in %s in the same state as a simple model',
  async (name, open) => {
    const harness = await open();
    await follow(name, repetitions(200), () => Promise.resolve(harness));
    await harness.close();
  },
);
