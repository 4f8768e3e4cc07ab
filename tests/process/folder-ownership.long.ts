import { afterAll, afterEach, expect, test } from 'vitest';
import { emptyDataFolder, removeDataFolders } from './data-folder.js';
import { runContests, killAfterFiles } from './folder-ownership.js';
import { repetitions } from './repetitions.js';
import { killProcesses, startServer } from './server-process.js';

const contenders = 20;
const rounds = repetitions(20);
const filesOfDatabase = 1000;

afterEach(killProcesses);
afterAll(removeDataFolders);

test('of 20 servers that start at the same time on one data folder, one serves and the others exit within 3 s and name it', async () => {
  const { won, errors, slowestExitMs, owner } = await runContests(await emptyDataFolder(), {
    contenders,
    rounds,
    maxExitMs: 3000,
  });
  console.log(
    `${won} of ${rounds} contests of ${contenders} servers had one winner; the slowest loser exited ` +
      `${slowestExitMs} ms after its start`,
  );
  await owner.kill();
  expect(errors).toEqual([]);
});

test('after the owner is killed, the next server starts', async () => {
  const folder = await emptyDataFolder();
  let startCount = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer({ DATA_DIR: folder });
    startCount += 1;
    await server.kill();
  }
  console.log(`${startCount} of ${rounds} servers started after a kill -9`);
});

test('a server that is killed during its first start leaves a folder on which the next one starts', async () => {
  let startCount = 0;
  for (let round = 0; round < rounds; round += 1) {
    const folder = await emptyDataFolder();
    await killAfterFiles(folder, Math.round((round / rounds) * filesOfDatabase));
    const next = await startServer({ DATA_DIR: folder });
    startCount += 1;
    await next.kill();
  }
  console.log(`${startCount} of ${rounds} servers started after a first start that was killed`);
});
