import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { postgresTestDatabase } from '../setup/databases.js';
import { programPath } from '../setup/programs.js';
import { balanceOf, chat, historyOf, register, registerMany } from './api-client.js';
import { canReadBalance, findLosses, ledgerErrorsOf, loadCredits, startLoad } from './chat-load.js';
import { repetitions } from './repetitions.js';
import { pgBouncer, type RunningPgBouncer } from './pgbouncer.js';
import {
  killProcesses,
  runCommand,
  startServer,
  waitForStatus,
  type Environment,
  type ServerProcess,
} from './server-process.js';
import { migrationsRun } from './several-servers.js';

const program = programPath('pgbouncer');
const rounds = repetitions(20);
const restarts = repetitions(5);
const pauseMs = 1000;
const noticeTimeoutMs = 10_000;

describe.runIf(program !== null)('two servers behind a PgBouncer in transaction mode', () => {
  let opened: Awaited<ReturnType<typeof postgresTestDatabase>>;
  let bouncer: RunningPgBouncer;

  beforeEach(async () => {
    opened = await postgresTestDatabase({ isMigrated: false });
    // Fewer connections than clients, so that the transactions of a client use different connections.
    bouncer = await pgBouncer(program ?? '', opened.url, { poolSize: 5 });
  });

  afterEach(async () => {
    await killProcesses();
    await bouncer.remove();
    await opened.drop();
  });

  function environmentWith(settings: Environment = {}) {
    return { DATABASE_URL: bouncer.url, DATABASE_POOLER: 'transaction', ...settings };
  }

  function startTwo(settings: Environment): Promise<[ServerProcess, ServerProcess]> {
    return Promise.all([startServer(environmentWith(settings)), startServer(environmentWith(settings))]);
  }

  test('that start at the same time on an empty database run every migration once and leave no lock', async () => {
    const servers = await startTwo({});
    const { logged, recorded } = await migrationsRun(servers, opened.database);
    expect(logged.length).toBeGreaterThan(0);
    expect(logged).toEqual(recorded);
    const locks = await opened.database.query({ text: `select * from pg_locks where locktype = 'advisory'` });
    expect(locks).toEqual([]);
    // The role of the tests has the same name as its password, which is never logged.
    await expect.poll(() => servers[0].output()).toMatch(/alter role \S+ set lock_timeout = '5s';/);
  });

  test('exit with the setting to use if DATABASE_POOLER is not set', async () => {
    const { exitCode, output } = await runCommand(['serve'], { DATABASE_URL: bouncer.url });
    expect(exitCode).toBe(1);
    expect(output).toContain('DATABASE_POOLER=transaction');
  });

  test('charge exactly 37 of 200 simultaneous chats on a balance for 37', async () => {
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
    expect(await ledgerErrorsOf(environmentWith())).toEqual([]);
    console.log(
      `Behind PgBouncer, exactly 37 of 200 chats were charged in ${succeeded} of ${rounds} rounds.`,
    );
  });

  test('charge an idempotency key once that is sent 50 times at the same time', async () => {
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
    expect(await ledgerErrorsOf(environmentWith())).toEqual([]);
  });

  test('return 503 while PgBouncer is killed and restarted, and lose or double no chat', async () => {
    const servers = await startTwo({ STARTING_TOKENS: String(loadCredits), HOLD_LEASE: '2s' });
    const accounts = await registerMany(servers[0].url, 'loader', 20);
    const load = startLoad(
      servers.map(({ url }) => url),
      accounts,
    );
    let slowestRecoveryMs = 0;
    for (let restart = 0; restart < restarts; restart += 1) {
      await delay(pauseMs);
      await bouncer.kill();
      for (const server of servers) await waitForStatus(server, '/health/ready', 503, noticeTimeoutMs);
      await bouncer.start();
      const startedAtMs = Date.now();
      for (const server of servers)
        await awaitUntil('requests succeed', noticeTimeoutMs, () => canReadBalance(server, accounts));
      slowestRecoveryMs = Math.max(slowestRecoveryMs, Date.now() - startedAtMs);
    }
    await delay(pauseMs);
    await load.stop();
    console.log(
      `${restarts} restarts of PgBouncer: statuses ${JSON.stringify(load.statuses)}, back after at most ${slowestRecoveryMs} ms`,
    );
    expect(load.unexpectedResponses).toEqual([]);
    expect(Object.keys(load.statuses).sort()).toEqual(['200', '503']);
    expect(slowestRecoveryMs).toBeLessThan(5000);
    expect(await findLosses(servers[0], load.received)).toEqual([]);
    expect(await ledgerErrorsOf(environmentWith())).toEqual([]);
  });
});
