import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { programPath } from '../setup/programs.js';
import { balanceOf, chat, historyOf, register, registerMany } from './api-client.js';
import { answered, auditFaults, loadCredits, lossesOf, ready, startLoad } from './chat-load.js';
import { fullFigure } from './full-figure.js';
import { pgBouncer, type RunningPgBouncer } from './pgbouncer.js';
import {
  killLeftovers,
  runCommand,
  startServer,
  type Environment,
  type ServerProcess,
} from './server-process.js';
import { migrationsRun } from './several-servers.js';

const program = programPath('pgbouncer');
const rounds = fullFigure(20);
const restarts = fullFigure(5);
const calmMs = 1000;
const noticeTimeoutMs = 10_000;

describe.runIf(program !== null)('two servers behind a PgBouncer in transaction mode', () => {
  let opened: Awaited<ReturnType<typeof postgresTestDatabase>>;
  let bouncer: RunningPgBouncer;

  beforeEach(async () => {
    opened = await postgresTestDatabase({ isMigrated: false });
    // Fewer than the two servers have clients, so that a client's transactions go over changing connections.
    bouncer = await pgBouncer(program ?? '', opened.url, { poolSize: 5 });
  });

  afterEach(async () => {
    await killLeftovers();
    await bouncer.remove();
    await opened.drop();
  });

  function environmentWith(more: Environment = {}) {
    return { DATABASE_URL: bouncer.url, DATABASE_POOLER: 'transaction', ...more };
  }

  function startTwo(more: Environment): Promise<[ServerProcess, ServerProcess]> {
    return Promise.all([startServer(environmentWith(more)), startServer(environmentWith(more))]);
  }

  test('that start at once on an empty database run every migration once and leave no lock', async () => {
    const servers = await startTwo({});
    const { said, recorded } = await migrationsRun(servers, opened.database);
    expect(said.length).toBeGreaterThan(0);
    expect(said).toEqual(recorded);
    const locks = await opened.database.query({ text: `select * from pg_locks where locktype = 'advisory'` });
    expect(locks).toEqual([]);
    // The role of the tests is called like its password, which no line of the log has.
    await expect.poll(() => servers[0].output()).toMatch(/alter role \S+ set lock_timeout = '5s';/);
  });

  test('leave at once, saying what to set, where nobody said that there is a pooler', async () => {
    const { exitCode, output } = await runCommand(['serve'], { DATABASE_URL: bouncer.url });
    expect(exitCode).toBe(1);
    expect(output).toContain('DATABASE_POOLER=transaction');
  });

  test('charge exactly 37 of 200 chats at once on a balance for 37', async () => {
    const [one, other] = await startTwo({ STARTING_TOKENS: '3700' });
    let succeeded = 0;
    for (let round = 0; round < rounds; round += 1) {
      const jane = await register(one.url, `jane_${round}`);
      const responses = await Promise.all(
        Array.from({ length: 200 }, (_, index) => chat([one, other][index % 2]?.url ?? '', jane, 'Hello')),
      );
      const countOf = (status: number) => responses.filter((response) => response.status === status).length;
      expect([countOf(200), countOf(402)]).toEqual([37, 163]);
      expect(await balanceOf(other.url, jane)).toEqual({ tokens: 0, held: 0 });
      expect(await historyOf(one.url, jane)).toHaveLength(37);
      succeeded += 1;
    }
    expect(await auditFaults(environmentWith())).toEqual([]);
    console.log(
      `Behind PgBouncer, exactly 37 of 200 chats were charged in ${succeeded} of ${rounds} rounds.`,
    );
  });

  test('charge one idempotency key that comes 50 times at once a single time', async () => {
    const [one, other] = await startTwo({});
    const jane = await register(one.url, 'jane_doe');
    for (let round = 0; round < rounds; round += 1) {
      const send = (index: number) => chat([one, other][index % 2]?.url ?? '', jane, 'Hello', `key ${round}`);
      const responses = await Promise.all(Array.from({ length: 50 }, (_, index) => send(index)));
      const all = [...responses.filter(({ status }) => status !== 409), await send(0), await send(1)];
      expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
      expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    }
    expect(await historyOf(one.url, jane)).toHaveLength(rounds);
    expect(await balanceOf(other.url, jane)).toEqual({ tokens: 4000 - rounds * 100, held: 0 });
    expect(await auditFaults(environmentWith())).toEqual([]);
  });

  test('answer 503 while PgBouncer is killed and started again, and lose or double no chat', async () => {
    const servers = await startTwo({ STARTING_TOKENS: String(loadCredits), HOLD_LEASE: '2s' });
    const accounts = await registerMany(servers[0].url, 'loader', 20);
    const load = startLoad(
      servers.map(({ url }) => url),
      accounts,
    );
    let slowestReturnMs = 0;
    for (let restart = 0; restart < restarts; restart += 1) {
      await delay(calmMs);
      await bouncer.kill();
      for (const server of servers)
        await awaitUntil('the server is not ready', noticeTimeoutMs, () => ready(server, 503));
      await bouncer.start();
      const startedAtMs = Date.now();
      for (const server of servers)
        await awaitUntil('requests are answered', noticeTimeoutMs, () => answered(server, accounts));
      slowestReturnMs = Math.max(slowestReturnMs, Date.now() - startedAtMs);
    }
    await delay(calmMs);
    await load.stop();
    console.log(
      `${restarts} restarts of PgBouncer: answered ${JSON.stringify(load.statuses)}, back after at most ${slowestReturnMs} ms`,
    );
    expect(load.oddities).toEqual([]);
    expect(Object.keys(load.statuses).sort()).toEqual(['200', '503']);
    expect(slowestReturnMs).toBeLessThan(5000);
    expect(await lossesOf(servers[0], load.acknowledged)).toEqual([]);
    expect(await auditFaults(environmentWith())).toEqual([]);
  });
});
