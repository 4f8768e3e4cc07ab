import { afterAll, afterEach, expect, test } from 'vitest';
import { balanceOf, logIn, register } from './api-client.js';
import { freshDataFolder, removeDataFolders } from './data-folder.js';
import { contestAgainAndAgain } from './folder-ownership.js';
import { killLeftovers, startServer } from './server-process.js';

afterEach(killLeftovers);
afterAll(removeDataFolders);

test('of servers started at once on one data folder one serves, and leaves what was in it to the next', async () => {
  const folder = await freshDataFolder();
  const rounds = await contestAgainAndAgain(folder, { contenders: 4, rounds: 1 });
  expect(rounds).toMatchObject({ won: 1, faults: [] });
  // They leave within 3 s, as the long test measures: here other tests use the machine as well.

  // An owner that stops leaves the folder free, and what was in it.
  await register(rounds.owner.url, 'jane_doe');
  expect(await rounds.owner.terminate()).toMatchObject({ code: 0 });
  const next = await startServer({ DATA_DIR: folder });
  expect(await balanceOf(next.url, await logIn(next.url, 'jane_doe'))).toEqual({ tokens: 4000, held: 0 });
}, 180_000);
