import { afterAll, afterEach, expect, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';
import { limitsOfRaces, raceForWallets } from './wallet-races.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

const rounds = 2;

test.each(limitsOfRaces)(
  'of 200 requests at once at two servers on %s, exactly as many succeed as fit',
  async (limit) => {
    const storage = await storageOn('PostgreSQL');
    const report = await raceForWallets(storage, { servers: 2, rounds, limit });
    expect(report).toEqual({ kept: rounds, of: rounds, errors: [] });
    await storage.remove();
  },
);
