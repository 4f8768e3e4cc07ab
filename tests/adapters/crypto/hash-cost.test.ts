import { expect, test } from 'vitest';
import run from '../../../src/adapters/crypto/bcrypt-worker.js';
import { hashCost } from '../../../src/adapters/crypto/hash-cost.js';

test.each([
  [10, 62.5],
  [12, 250],
  [15, 2000],
])('a hash of cost %i is estimated at %d ms before any is measured', (cost, ms) => {
  expect(hashCost(cost).ms()).toBe(ms);
});

test('the estimate is the median of the last 15 hashes', () => {
  const cost = hashCost(12);
  for (let index = 0; index < 7; index += 1) cost.record(5000);
  expect(cost.ms()).toBe(250);
  for (let index = 0; index < 8; index += 1) cost.record(300);
  expect(cost.ms()).toBe(300);
  for (let index = 0; index < 15; index += 1) cost.record(100);
  expect(cost.ms()).toBe(100);
});

test('the cost of a hash is the CPU time of its thread', () => {
  const startedAt = performance.now();
  const { value, workMs } = run({ text: 'StrongPass123!', cost: 10 });
  expect(value).toMatch(/^\$2b\$10\$/);
  // The resolution is 10 ms.
  expect(workMs).toBeGreaterThanOrEqual(10);
  expect(workMs).toBeLessThanOrEqual(performance.now() - startedAt + 20);
  expect(run({ text: 'StrongPass123!', encoded: String(value) }).value).toBe(true);
});
