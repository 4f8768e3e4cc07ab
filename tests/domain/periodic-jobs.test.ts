import { describe, expect, test } from 'vitest';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { memoryStores } from '../../src/adapters/memory/memory-stores.js';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { createCore, type Core } from '../../src/domain/core.js';
import { periodicJobs } from '../../src/domain/periodic-jobs.js';
import { nodeAdapters } from '../../src/entrypoints/node.js';

const models = [{ name: 'echo', model: echoModel() }] as const;
const minuteMs = 60_000;

function jobNamed(core: Parameters<typeof periodicJobs>[0], name: string) {
  const job = periodicJobs(core).find((each) => each.name === name);
  if (job === undefined) throw new Error(`There is no job "${name}".`);
  return job;
}

describe('the periodic jobs', () => {
  test('release a hold, let credits expire, and dispatch and delete events', async () => {
    let nowMs = Date.now();
    const stores = memoryStores({ now: () => new Date(nowMs) });
    const core = createCore({ ...stores, ...nodeAdapters(), models });
    const { id: userId } = await core.users.adopt({ foreignId: 'ada' });
    await core.metering.reserve({ userId, action: 'report', amount: 100, ttlMs: minuteMs });
    await core.ledger.grant({
      ...{ caller: operatorCaller, userId, amount: 500, reason: 'For a minute' },
      expiresAt: new Date(nowMs + minuteMs),
    });
    nowMs += 2 * minuteMs;
    expect(await jobNamed(core, 'releasing expired holds').run()).toBe(1);
    expect(await jobNamed(core, 'letting credits expire').run()).toBe(1);
    expect(await core.ledger.balance({ caller: operatorCaller, userId })).toEqual({ balance: 4000, held: 0 });
    const counts = () => core.events.counts({ caller: operatorCaller });
    expect((await counts()).undispatched).toBeGreaterThan(0);
    await jobNamed(core, 'notifying of events').run();
    expect((await counts()).undispatched).toBe(0);
    nowMs += 31 * 24 * 60 * minuteMs;
    expect(await jobNamed(core, 'deleting old events').run()).toBeGreaterThan(0);
    expect(await jobNamed(core, 'deleting old events').run()).toBe(0);
  });

  test('delete expired sessions', async () => {
    let purged = 0;
    const auth = {
      purgeExpired: () => {
        purged += 1;
        return Promise.resolve();
      },
    };
    const core = { auth, events: { worker: () => ({}) } } as unknown as Core;
    expect(await jobNamed(core, 'deleting expired sessions').run()).toBe(0);
    expect(purged).toBe(1);
  });

  test('do not overlap with themselves, and run again after a failure', async () => {
    const runs: { resolve: (accounts: number) => void; reject: (error: Error) => void }[] = [];
    const ledger = {
      expireLots: () => new Promise<number>((resolve, reject) => runs.push({ resolve, reject })),
    };
    const core = { ledger, events: { worker: () => ({}) } } as unknown as Core;
    const job = jobNamed(core, 'letting credits expire');
    const first = job.run();
    expect(await job.run()).toBe(0);
    expect(runs).toHaveLength(1);
    runs[0]?.reject(new Error('The database is away.'));
    await expect(first).rejects.toThrow('The database is away.');
    const second = job.run();
    runs[1]?.resolve(3);
    expect(await second).toBe(3);
  });
});
