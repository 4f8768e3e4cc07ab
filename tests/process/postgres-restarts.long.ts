import { afterEach, expect, test } from 'vitest';
import { repetitions } from './repetitions.js';
import { restartPostgresUnderLoad } from './postgres-restarts.js';
import { killProcesses } from './server-process.js';

const restarts = repetitions(10);

afterEach(killProcesses);

test('a server survives repeated restarts of PostgreSQL and loses or doubles no chat', async () => {
  const report = await restartPostgresUnderLoad({ restarts });
  console.log(
    `${report.restarts} of ${restarts} restarts of PostgreSQL survived: ${report.requests} requests, statuses ` +
      `${JSON.stringify(report.statuses)}; ${report.receivedReplies} replies received, ${report.errors.length} ` +
      `errors; back at most ${report.slowestRecoveryMs} ms after PostgreSQL`,
  );
  expect(report.errors).toEqual([]);
  expect(Object.keys(report.statuses).sort()).toEqual(['200', '503']);
  expect(report.slowestRecoveryMs).toBeLessThan(5000);
});
