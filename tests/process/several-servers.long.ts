import { expect, test } from 'vitest';
import { repetitions } from './repetitions.js';
import { migrationsRun, startSimultaneously } from './several-servers.js';
import { storagePerTest } from './storage.js';

const count = repetitions(8);

const storage = storagePerTest('PostgreSQL');

test('eight servers that start at the same time on an empty database run every migration once and become ready', async () => {
  const servers = await startSimultaneously(storage(), count);
  const { logged, recorded } = await storage().withDatabase((database) => migrationsRun(servers, database));
  console.log(`${servers.length} of ${count} servers are ready; ${logged.length} migrations ran, each once`);
  expect(logged).toEqual(recorded);
});
