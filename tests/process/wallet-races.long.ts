import { afterAll, afterEach, expect, test } from 'vitest';
import { removeDataFolders } from './data-folder.js';
import { repetitions } from './repetitions.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';
import { limitsOfRaces, raceForWallets } from './wallet-races.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

const rounds = repetitions(20);
const places = [
  { engine: 'embedded', servers: 1 },
  { engine: 'PostgreSQL', servers: 1 },
  { engine: 'PostgreSQL', servers: 2 },
] as const;

test.each(places.flatMap((place) => limitsOfRaces.map((limit) => ({ ...place, limit }))))(
  'of 200 requests at once on $limit, exactly as many succeed as fit ($engine, servers: $servers)',
  async ({ engine, servers, limit }) => {
    const storage = await storageOn(engine);
    const report = await raceForWallets(storage, { servers, rounds, limit });
    console.log(
      `${report.kept} of ${report.of} times exactly 37 of 200 on ${limit}, on ${engine}, servers: ${servers}`,
    );
    expect(report).toEqual({ kept: rounds, of: rounds, errors: [] });
    await storage.remove();
  },
);
