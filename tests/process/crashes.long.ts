import { afterAll, afterEach, expect, test } from 'vitest';
import { readSettings } from '../../src/config/settings.js';
import { removeDataFolders } from './data-folder.js';
import { keyFreedAfterMs } from './freed-keys.js';
import { fullFigure } from './full-figure.js';
import { killMidChat } from './kill-mid-chat.js';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { killLeftovers } from './server-process.js';
import { storageOn } from './storage.js';

const kills = fullFigure(50);

afterEach(killLeftovers);
afterAll(removeDataFolders);

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server killed again and again in the middle of 20 chats loses no reply, charge, account or credit (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const random = seededRandom(seed);
    const report = await killMidChat(storage, {
      kills,
      maxKills: kills,
      auditsEach: true,
      random,
      leaseMs: 1000,
    });
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine} (seed ${seed}): ${report.answered} replies received, ` +
        `${report.caught} chats caught between hold and charge, ${report.faults.length} faults`,
    );
    expect(report.faults).toEqual([]);
    expect(report.kills).toBe(kills);
    expect(report.caught).toBeGreaterThan(0);
    await storage.remove();
  },
);

test('an idempotency key whose server died before the answer is free within 60 s with the settings as they are', async () => {
  const read = readSettings({});
  if (read.outcome === 'invalid') throw new Error('The defaults are invalid.');
  const storage = await storageOn('PostgreSQL');
  const freedAfterMs = await keyFreedAfterMs(storage, { leaseMs: read.settings.HOLD_LEASE });
  console.log(`1 of 1 keys of a dead server was free ${freedAfterMs} ms after it was claimed, on PostgreSQL`);
  expect(freedAfterMs).toBeGreaterThan(read.settings.HOLD_LEASE);
  expect(freedAfterMs).toBeLessThan(60_000);
  await storage.remove();
});

test('an idempotency key whose server died before the answer is free when the next server starts, embedded', async () => {
  const storage = await storageOn('embedded');
  const freedAfterMs = await keyFreedAfterMs(storage, { leaseMs: 600_000 });
  console.log(`1 of 1 keys of a dead server was free ${freedAfterMs} ms after it was claimed, embedded`);
  expect(freedAfterMs).toBeLessThan(60_000);
  await storage.remove();
});
