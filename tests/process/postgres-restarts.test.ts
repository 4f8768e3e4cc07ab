import { afterEach, expect, test } from 'vitest';
import { restartPostgresUnderLoad } from './postgres-restarts.js';
import { killLeftovers } from './server-process.js';

afterEach(killLeftovers);

test('a server outlives restarts of PostgreSQL, answers 503 meanwhile, and loses or doubles no chat', async () => {
  const report = await restartPostgresUnderLoad({ restarts: 2 });
  expect(report).toMatchObject({ restarts: 2, faults: [] });
  expect(Object.keys(report.statuses).sort()).toEqual(['200', '503']);
  expect(report.acknowledgedChats).toBeGreaterThan(0);
  // The promise is 5 s, which the long test measures: here other tests use the machine as well.
}, 300_000);
