import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { registerMany } from './api-client.js';
import { answered, auditFaults, loadCredits, lossesOf, startLoad } from './chat-load.js';
import { fullFigure } from './full-figure.js';
import { movableAddress } from './movable-address.js';
import { replicatedPostgres } from './replicated-postgres.js';
import { killLeftovers, startServer } from './server-process.js';

const switches = fullFigure(5);
const calmMs = 2000;
const noticeTimeoutMs = 20_000;

afterEach(killLeftovers);

test('a switch to the standby under load loses and doubles no acknowledged chat', async () => {
  const statuses: Record<string, number> = {};
  const returnsMs: number[] = [];
  let acknowledged = 0;
  for (let round = 0; round < switches; round += 1) {
    const report = await switchOver();
    expect(report.oddities).toEqual([]);
    expect(report.losses).toEqual([]);
    expect(report.faults).toEqual([]);
    for (const [status, count] of Object.entries(report.statuses))
      statuses[status] = (statuses[status] ?? 0) + count;
    returnsMs.push(report.backAfterMs);
    acknowledged += report.acknowledged;
  }
  console.log(
    `${returnsMs.length} of ${switches} switches to the standby: answered ${JSON.stringify(statuses)}; ${acknowledged} ` +
      `chats acknowledged, 0 lost or doubled; back ${returnsMs.join(', ')} ms after the primary was killed`,
  );
  expect(Object.keys(statuses).sort()).toEqual(['200', '503']);
  expect(Math.max(...returnsMs)).toBeLessThan(10_000);
});

/** Kills the primary with kill -9 at 50 requests a second, promotes the standby and leads the server's address to it. */
async function switchOver() {
  const postgres = await replicatedPostgres();
  const address = await movableAddress(postgres.primary.port);
  const url = `postgresql://postgres:postgres@127.0.0.1:${address.port}/postgres`;
  try {
    const server = await startServer({
      DATABASE_URL: url,
      STARTING_TOKENS: String(loadCredits),
      HOLD_LEASE: '2s',
    });
    const accounts = await registerMany(server.url, 'loader', 20);
    const load = startLoad([server.url], accounts);
    await delay(calmMs);
    const killedAtMs = Date.now();
    await postgres.primary.kill();
    address.moveTo(null);
    await postgres.promote();
    address.moveTo(postgres.standby.port);
    await awaitUntil('requests are answered again', noticeTimeoutMs, () => answered(server, accounts));
    const backAfterMs = Date.now() - killedAtMs;
    await delay(calmMs);
    await load.stop();
    return {
      statuses: load.statuses,
      oddities: load.oddities,
      backAfterMs,
      acknowledged: [...load.acknowledged.values()].reduce((sum, { size }) => sum + size, 0),
      losses: await lossesOf(server, load.acknowledged),
      faults: await auditFaults({ DATABASE_URL: url }),
    };
  } finally {
    await killLeftovers();
    await address.close();
    await postgres.remove();
  }
}
