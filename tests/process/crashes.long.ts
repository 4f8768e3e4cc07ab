import { afterAll, afterEach, expect, test } from 'vitest';
import { readSettings } from '../../src/config/read-settings.js';
import { removeDataFolders } from './data-folder.js';
import { timeUntilKeyIsFreeMs } from './idempotency-key-lease.js';
import { repetitions } from './repetitions.js';
import { killMidChat } from './kill-mid-chat.js';
import { killMidMetering } from './kill-mid-metering.js';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';

const kills = repetitions(50);

afterEach(killProcesses);
afterAll(removeDataFolders);

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server that is killed repeatedly during 20 chats loses no reply, charge, account or credit (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const random = seededRandom(seed);
    const report = await killMidChat(storage, {
      kills,
      maxKills: kills,
      auditsEach: true,
      random,
      leaseMs: 5000,
    });
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine} (seed ${seed}): ${report.received} replies received, ` +
        `${report.interrupted} chats interrupted between hold and charge, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.kills).toBe(kills);
    expect(report.interrupted).toBeGreaterThan(0);
    await storage.remove();
  },
);

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server that is killed repeatedly while a program meters accounts with lots, allowances and caps charges, gives and expires everything once (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const random = seededRandom(seed);
    const options = { kills, maxKills: kills, auditsEach: true, random, leaseMs: 1000 };
    const report = await killMidMetering(storage, options);
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine} (seed ${seed}): ${report.done} requests done, ` +
        `${report.interrupted} interrupted, ${report.replayed} of them done before the kill; ${report.allowances} allowances, ` +
        `${report.expiries} expiries, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.kills).toBe(kills);
    expect(report.replayed).toBeGreaterThan(0);
    await storage.remove();
  },
);

test('an idempotency key whose server was killed before the response is free within 60 s with the default settings', async () => {
  const read = readSettings({});
  if (read.outcome === 'invalid') throw new Error('The defaults are invalid.');
  const storage = await storageOn('PostgreSQL');
  const freedAfterMs = await timeUntilKeyIsFreeMs(storage, { leaseMs: read.settings.HOLD_LEASE });
  console.log(
    `1 of 1 keys of a killed server was free ${freedAfterMs} ms after it was claimed, on PostgreSQL`,
  );
  expect(freedAfterMs).toBeGreaterThan(read.settings.HOLD_LEASE);
  expect(freedAfterMs).toBeLessThan(60_000);
  await storage.remove();
});

test('on the embedded database, an idempotency key whose server was killed before the response is free when the next server starts', async () => {
  const storage = await storageOn('embedded');
  const freedAfterMs = await timeUntilKeyIsFreeMs(storage, { leaseMs: 600_000 });
  console.log(`1 of 1 keys of a killed server was free ${freedAfterMs} ms after it was claimed, embedded`);
  expect(freedAfterMs).toBeLessThan(60_000);
  await storage.remove();
});
