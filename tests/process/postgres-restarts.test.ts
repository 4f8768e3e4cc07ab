import { afterEach, expect, test } from 'vitest';
import { restartPostgresUnderLoad } from './postgres-restarts.js';
import { killProcesses } from './server-process.js';

afterEach(killProcesses);

test('a server survives restarts of PostgreSQL, returns 503 in the meantime, and loses or doubles no chat', async () => {
  const report = await restartPostgresUnderLoad({ restarts: 2 });
  expect(report).toMatchObject({ restarts: 2, errors: [] });
  expect(Object.keys(report.statuses).sort()).toEqual(['200', '503']);
  expect(report.receivedReplies).toBeGreaterThan(0);
  // The long test measures that requests succeed within 5 s; here other tests also use the machine.
}, 300_000);
