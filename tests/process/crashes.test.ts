import { afterAll, afterEach, expect, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { killMidChat } from './kill-mid-chat.js';
import { killMidMetering } from './kill-mid-metering.js';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

// Each engine once: `crashes.long.ts` kills more servers, both on each.

test('a server that is killed during 20 chats loses no reply, charge, account or credit (embedded)', async () => {
  const seed = chosenSeed();
  const storage = await storageOn('embedded');
  const random = seededRandom(seed);
  const options = { kills: 1, maxKills: 10, auditsEach: false, random, leaseMs: 20_000 };
  const report = await killMidChat(storage, options);
  expect(report.errors, `seed ${seed}`).toEqual([]);
  expect(report.received).toBeGreaterThan(0);
  // Only a kill between the hold and the charge of a chat tests the release of holds.
  expect(report.interrupted, `seed ${seed}`).toBeGreaterThan(0);
  await storage.remove();
}, 300_000);

test('a server that is killed while a program meters accounts with lots, allowances and caps charges, gives and expires everything once (PostgreSQL)', async () => {
  const seed = chosenSeed();
  const storage = await storageOn('PostgreSQL');
  const random = seededRandom(seed);
  const options = { kills: 1, maxKills: 10, auditsEach: false, random, leaseMs: 20_000 };
  const report = await killMidMetering(storage, options);
  expect(report.errors, `seed ${seed}`).toEqual([]);
  // Only a kill between a change and its response tests that it is done once.
  expect(report.replayed, `seed ${seed}`).toBeGreaterThan(0);
  expect(report.allowances).toBeGreaterThan(0);
  expect(report.expiries).toBeGreaterThan(0);
  await storage.remove();
}, 300_000);
