import { afterEach, expect, test } from 'vitest';
import { fullFigure } from './full-figure.js';
import { restartPostgresUnderLoad } from './postgres-restarts.js';
import { killLeftovers } from './server-process.js';

const restarts = fullFigure(10);

afterEach(killLeftovers);

test('a server outlives restart after restart of PostgreSQL and loses or doubles no chat', async () => {
  const report = await restartPostgresUnderLoad({ restarts });
  console.log(
    `${report.restarts} of ${restarts} restarts of PostgreSQL survived: ${report.requests} requests, answered ` +
      `${JSON.stringify(report.statuses)}; ${report.acknowledgedChats} chats acknowledged, ${report.faults.length} ` +
      `faults; back at most ${report.slowestReturnMs} ms after PostgreSQL`,
  );
  expect(report.faults).toEqual([]);
  expect(Object.keys(report.statuses).sort()).toEqual(['200', '503']);
  expect(report.slowestReturnMs).toBeLessThan(5000);
});
