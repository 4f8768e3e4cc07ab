import { afterAll, afterEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { balanceOf, call, logIn, register, type TestResponse } from './api-client.js';
import { removeDataFolders } from './data-folder.js';
import { killProcesses, runCommand, startServer } from './server-process.js';
import { ledgerErrors, storageOn, type Storage } from './storage.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

interface Metered {
  id: string;
  status: string;
  charged: number;
  balance: number;
}

/** A server with an account, and a program with a service key that meters it. */
async function startMetering(storage: Storage) {
  const admin = ['create-admin', '--username', 'root', '--email', '', '--password-stdin'];
  await runCommand(['migrate'], storage.environment);
  await runCommand(admin, storage.environment, { input: 'StrongPass123!\n' });
  let server = await startServer(storage.environment);
  const { authToken } = await logIn(server.url, 'root');
  const body = { name: 'a program', scopes: ['metering'] };
  const created = await call<{ key: string }>(server.url, '/api/admin/service-keys/', { authToken, body });
  const account = await register(server.url, 'jane_doe');
  const me = await call<{ id: string }>(server.url, '/api/me/', { authToken: account.authToken });
  const post = (path: string, json: unknown, key: string) =>
    call<Metered>(server.url, `/api/admin/${path}`, {
      ...{ method: 'POST', authToken: created.body.key, body: json },
      headers: { 'Idempotency-Key': key },
    });
  return {
    account,
    spend: (json: unknown, key: string) => post(`users/${me.body.id}/spend/`, json, key),
    hold: (json: unknown, key: string) => post(`users/${me.body.id}/holds/`, json, key),
    settle: (id: string, json: unknown, key: string) => post(`holds/${id}/settle/`, json, key),
    balance: () => balanceOf(server.url, account),
    restart: async () => {
      await server.kill();
      server = await startServer(storage.environment);
    },
    stop: () => server.terminate(),
  };
}

const engines = ['embedded', 'PostgreSQL'] as const;

test.each(engines)(
  'a hold outlives a killed server: it can be settled, or returns at its deadline (%s)',
  async (engine) => {
    const storage = await storageOn(engine);
    const { hold, settle, balance, restart, stop } = await startMetering(storage);
    const long = await hold({ action: 'image.generate', amount: 100, ttl_seconds: 600 }, 'long');
    const short = await hold({ action: 'image.generate', amount: 200, ttl_seconds: 1 }, 'short');
    await restart();
    await awaitUntil('the deadline of the short hold returns its credits', 30_000, async () =>
      (await balance()).tokens === 3900 ? true : null,
    );
    expect((await settle(short.body.id, { amount: 1 }, 'late')).status).toBe(409);
    const settled = await settle(long.body.id, { amount: 30 }, 'settle');
    expect([settled.status, settled.body]).toMatchObject([200, { charged: 30, balance: 3970 }]);
    await restart();
    const again = await settle(long.body.id, { amount: 30 }, 'settle');
    expect([again.headers.get('Idempotent-Replayed'), again.body]).toEqual(['true', settled.body]);
    expect(await balance()).toEqual({ tokens: 3970, held: 0 });
    await stop();
    expect(await ledgerErrors(storage)).toEqual({ errors: [], overdueHolds: 0 });
    await storage.remove();
  },
  300_000,
);

test.each(engines)(
  'requests that a kill interrupts are done once when they are repeated with their keys (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const random = seededRandom(seed);
    const storage = await storageOn(engine);
    const metering = await startMetering(storage);
    let isRunning: Promise<void> = Promise.resolve();
    /** Repeats a request until it has a response, as a client does that does not know whether it was done. */
    const certainly = async (send: () => Promise<TestResponse<Metered>>): Promise<Metered> => {
      for (;;) {
        const response = await send().catch(() => null);
        if (response !== null && response.status < 500) {
          expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
          return response.body;
        }
        await isRunning;
      }
    };
    let charged = 0;
    const work = async (worker: number) => {
      for (let count = 0; count < 15; count += 1) {
        const key = (step: string) => `${step} ${worker} ${count}`;
        const action = { action: 'image.generate', amount: 5 };
        const spent = await certainly(() => metering.spend(action, key('spend')));
        charged += spent.charged;
        const { id } = await certainly(() => metering.hold({ ...action, ttl_seconds: 600 }, key('hold')));
        const settled = await certainly(() => metering.settle(id, { amount: 3 }, key('settle')));
        charged += settled.charged;
      }
    };
    const workers = Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
    for (let kill = 0; kill < 3; kill += 1) {
      const target = charged + 50 + random(100);
      const isCharged = awaitUntil('the program is charged', 60_000, () =>
        Promise.resolve(charged >= target || null),
      );
      await Promise.race([isCharged, workers]);
      isRunning = metering.restart();
      await isRunning;
    }
    await workers;
    expect(charged, `seed ${seed}`).toBe(8 * 15 * 8);
    expect(await metering.balance()).toEqual({ tokens: 4000 - charged, held: 0 });
    await metering.stop();
    expect(await ledgerErrors(storage)).toEqual({ errors: [], overdueHolds: 0 });
    await storage.remove();
  },
  300_000,
);
