import { afterEach, expect, test } from 'vitest';
import { fullFigure } from './full-figure.js';
import { killLeftovers } from './server-process.js';
import { migrationsRun, startAtOnce } from './several-servers.js';
import { storageOn } from './storage.js';

const count = fullFigure(8);

afterEach(killLeftovers);

test('eight servers that start at once on an empty database run every migration once and are all ready', async () => {
  const storage = await storageOn('PostgreSQL');
  const servers = await startAtOnce(storage, count);
  const { said, recorded } = await storage.withDatabase((database) => migrationsRun(servers, database));
  console.log(`${servers.length} of ${count} servers are ready; ${said.length} migrations ran, each once`);
  expect(said).toEqual(recorded);
  await killLeftovers();
  await storage.remove();
});
