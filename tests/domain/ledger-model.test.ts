import { expect, test } from 'vitest';
import { memoryHarness } from '../adapters/memory/memory-harness.js';
import { chosenSeed } from '../seed.js';
import { expectLedgerToFollowOracle } from './ledger-model.js';

const runs = 300;

test('random commands leave a ledger in memory in the same state as a simple model', async () => {
  const seed = chosenSeed();
  const done = await expectLedgerToFollowOracle(memoryHarness, { seed, runs });
  console.log(`${done.runs} of ${runs} runs, ${done.steps} steps, on memory (seed ${seed})`);
  expect(done.runs).toBe(runs);
});
