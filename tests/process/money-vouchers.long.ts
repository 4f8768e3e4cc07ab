import { afterAll, afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { removeDataFolders } from './data-folder.js';
import { killMidRedemption } from './kill-mid-redemption.js';
import { repetitions } from './repetitions.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';
import { raceForVouchers } from './voucher-races.js';

const kills = repetitions(20);
const rounds = repetitions(20);

afterEach(killProcesses);
afterAll(removeDataFolders);

test('of 200 accounts that redeem a voucher for 37 at two servers at once, exactly 37 get it', async () => {
  const storage = await storageOn('PostgreSQL');
  const report = await raceForVouchers(storage, { rounds });
  console.log(`${report.kept} of ${report.of} times exactly 37 of 200 redeemed a voucher at two servers`);
  expect(report).toEqual({ kept: rounds, of: rounds, errors: [] });
  await storage.remove();
});

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server that is killed repeatedly during redemptions gives each account what it redeemed, once (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const options = { kills, random: seededRandom(seed), auditsEach: true };
    const report = await killMidRedemption(storage, options);
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine} (seed ${seed}): ${report.redeemed} redemptions, ` +
        `${report.interrupted} interrupted, ${report.replayed} of them done before the kill, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.replayed).toBeGreaterThan(0);
    await storage.remove();
  },
);
