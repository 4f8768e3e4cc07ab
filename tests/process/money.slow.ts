import { afterAll, afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { removeDataFolders } from './data-folder.js';
import { interruptFacts } from './interrupted-facts.js';
import { killMidDelivery } from './kill-mid-delivery.js';
import { killMidPayment } from './kill-mid-payment.js';
import { killMidRedemption } from './kill-mid-redemption.js';
import { raceForAlerts } from './low-balance-races.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';
import { raceForVouchers } from './voucher-races.js';

const timeoutMs = 300_000;

afterEach(killProcesses);
afterAll(removeDataFolders);

test.each([
  { engine: 'embedded', servers: 1 },
  { engine: 'PostgreSQL', servers: 2 },
] as const)(
  'payments are credited once and taken back once while servers are killed ($engine, servers: $servers)',
  async ({ engine, servers }) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const options = { kills: servers, servers, random: seededRandom(seed), auditsEach: false };
    const report = await killMidPayment(storage, options);
    expect(report.errors, `seed ${seed}`).toEqual([]);
    expect(report.facts).toBeGreaterThan(0);
    await storage.remove();
  },
  timeoutMs,
);

test(
  'a server that is killed before some statements of a fact has applied it whole or not at all',
  async () => {
    const storage = await storageOn('PostgreSQL');
    const report = await interruptFacts(storage, { arrival: 'event', every: 7 });
    expect(report.errors).toEqual([]);
    expect(report.kills).toBeGreaterThan(4);
    await storage.remove();
  },
  timeoutMs,
);

test(
  'of 200 accounts that redeem a voucher for 37 at two servers at once, exactly 37 get it',
  async () => {
    const storage = await storageOn('PostgreSQL');
    expect(await raceForVouchers(storage, { rounds: 1 })).toEqual({ kept: 1, of: 1, errors: [] });
    await storage.remove();
  },
  timeoutMs,
);

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server that is killed during redemptions gives each account what it redeemed, once (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const options = { kills: 1, random: seededRandom(seed), auditsEach: false };
    const report = await killMidRedemption(storage, options);
    expect(report.errors, `seed ${seed}`).toEqual([]);
    expect(report.redeemed).toBeGreaterThan(0);
    await storage.remove();
  },
  timeoutMs,
);

test(
  'two servers notify a receiver of each event once, in order',
  async () => {
    const seed = chosenSeed();
    const storage = await storageOn('PostgreSQL');
    const options = { kills: 0, servers: 2, random: seededRandom(seed), isReliable: true };
    const report = await killMidDelivery(storage, options);
    expect(report, `seed ${seed}`).toMatchObject({ repeated: 0, failed: 0, errors: [] });
    expect(report.events).toBeGreaterThan(0);
    await storage.remove();
  },
  timeoutMs,
);

test(
  'of 200 chats at two servers at once, one notifies of the low balance and one of the end',
  async () => {
    const storage = await storageOn('PostgreSQL');
    expect(await raceForAlerts(storage, { rounds: 1 })).toEqual({ kept: 1, of: 1, errors: [] });
    await storage.remove();
  },
  timeoutMs,
);
