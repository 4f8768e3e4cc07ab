import { afterAll, afterEach, expect, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { killMidChat } from './kill-mid-chat.js';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../chosen-seed.js';
import { killLeftovers } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);
afterAll(removeDataFolders);

test.each(['embedded', 'PostgreSQL'] as const)(
  'a server killed in the middle of 20 chats loses no reply, charge, account or credit (%s)',
  async (engine) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const random = seededRandom(seed);
    const report = await killMidChat(storage, { kills: 1, auditsEach: false, random, leaseMs: 20_000 });
    expect(report, `seed ${seed}`).toMatchObject({ kills: 1, faults: [] });
    expect(report.answered).toBeGreaterThan(0);
    await storage.remove();
  },
  300_000,
);
