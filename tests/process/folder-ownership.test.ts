import { afterAll, afterEach, expect, test } from 'vitest';
import { balanceOf, logIn, register } from './api-client.js';
import { freshDataFolder, removeDataFolders } from './data-folder.js';
import { runContests } from './folder-ownership.js';
import { killProcesses, startServer } from './server-process.js';

afterEach(killProcesses);
afterAll(removeDataFolders);

test('of servers that start at the same time on one data folder, one serves, and the next server has its data', async () => {
  const folder = await freshDataFolder();
  const rounds = await runContests(folder, { contenders: 4, rounds: 1, maxExitMs: 60_000 });
  expect(rounds).toMatchObject({ won: 1, errors: [] });
  // The long test measures that the others exit within 3 s; here other tests also use the machine.

  // After the owner has stopped, the folder is free and has its data.
  await register(rounds.owner.url, 'jane_doe');
  expect(await rounds.owner.terminate()).toMatchObject({ code: 0 });
  const next = await startServer({ DATA_DIR: folder });
  expect(await balanceOf(next.url, await logIn(next.url, 'jane_doe'))).toEqual({ tokens: 4000, held: 0 });
}, 180_000);
