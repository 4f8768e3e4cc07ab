import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { registerMany } from './api-client.js';
import { canReadBalance, findLosses, ledgerErrorsOf, loadCredits, startLoad } from './chat-load.js';
import { countReplies } from './received-replies.js';
import { repetitions } from './repetitions.js';
import { redirectableAddress } from './redirectable-address.js';
import { replicatedPostgres } from './replicated-postgres.js';
import { killProcesses, startServer } from './server-process.js';

const failovers = repetitions(5);
const pauseMs = 2000;
const noticeTimeoutMs = 20_000;

afterEach(killProcesses);

test('a failover to the standby under load loses or doubles no reply that a client has received', async () => {
  const statuses: Record<string, number> = {};
  const recoveriesMs: number[] = [];
  let received = 0;
  for (let round = 0; round < failovers; round += 1) {
    const report = await failOver();
    expect(report.unexpectedResponses).toEqual([]);
    expect(report.losses).toEqual([]);
    expect(report.errors).toEqual([]);
    for (const [status, count] of Object.entries(report.statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
    recoveriesMs.push(report.recoveryMs);
    received += report.received;
  }
  console.log(
    `${recoveriesMs.length} of ${failovers} failovers to the standby: statuses ${JSON.stringify(statuses)}; ${received} ` +
      `replies received, 0 lost or doubled; back ${recoveriesMs.join(', ')} ms after the primary was killed`,
  );
  expect(Object.keys(statuses).sort()).toEqual(['200', '503']);
  expect(Math.max(...recoveriesMs)).toBeLessThan(10_000);
});

/** Kills the primary at 50 requests a second, promotes the standby, and redirects the address to it. */
async function failOver() {
  const postgres = await replicatedPostgres();
  const address = await redirectableAddress(postgres.primary.port);
  const url = `postgresql://postgres:postgres@127.0.0.1:${address.port}/postgres`;
  try {
    const server = await startServer({
      DATABASE_URL: url,
      STARTING_TOKENS: String(loadCredits),
      HOLD_LEASE: '2s',
    });
    const accounts = await registerMany(server.url, 'loader', 20);
    const load = startLoad([server.url], accounts);
    await delay(pauseMs);
    const killedAtMs = Date.now();
    await postgres.primary.kill();
    address.redirectTo(null);
    await postgres.promote();
    address.redirectTo(postgres.standby.port);
    await awaitUntil('requests succeed again', noticeTimeoutMs, () => canReadBalance(server, accounts));
    const recoveryMs = Date.now() - killedAtMs;
    await delay(pauseMs);
    await load.stop();
    return {
      statuses: load.statuses,
      unexpectedResponses: load.unexpectedResponses,
      recoveryMs,
      received: countReplies(load.received),
      losses: await findLosses(server, load.received),
      errors: await ledgerErrorsOf({ DATABASE_URL: url }),
    };
  } finally {
    await killProcesses();
    await address.close();
    await postgres.remove();
  }
}
