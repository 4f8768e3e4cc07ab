import { afterAll, afterEach, expect, test } from 'vitest';
import { emptyDataFolder, removeDataFolders } from './data-folder.js';
import { contestAgainAndAgain, killAfterFiles } from './folder-ownership.js';
import { fullFigure } from './full-figure.js';
import { killLeftovers, startServer } from './server-process.js';

const contenders = 20;
const rounds = fullFigure(20);
const leaveWithinMs = 3000;
const filesOfDatabase = 1000;

afterEach(killLeftovers);
afterAll(removeDataFolders);

test('of 20 servers started at once on one data folder one serves and the others leave within 3 s naming it', async () => {
  const { won, faults, slowestToLeaveMs, owner } = await contestAgainAndAgain(await emptyDataFolder(), {
    contenders,
    rounds,
  });
  console.log(
    `${won} of ${rounds} contests of ${contenders} servers had one winner; the slowest loser left ` +
      `${slowestToLeaveMs} ms after its start`,
  );
  await owner.kill();
  expect(faults).toEqual([]);
  expect(slowestToLeaveMs).toBeLessThan(leaveWithinMs);
});

test('after a kill -9 of the owner the next start works', async () => {
  const folder = await emptyDataFolder();
  let worked = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer({ DATA_DIR: folder });
    worked += 1;
    await server.kill();
  }
  console.log(`${worked} of ${rounds} starts worked after a kill -9`);
});

test('a server killed anywhere in its first start leaves a folder that the next one starts on', async () => {
  let worked = 0;
  for (let round = 0; round < rounds; round += 1) {
    const folder = await emptyDataFolder();
    await killAfterFiles(folder, Math.round((round / rounds) * filesOfDatabase));
    const next = await startServer({ DATA_DIR: folder });
    worked += 1;
    await next.kill();
  }
  console.log(`${worked} of ${rounds} first starts that were killed were made up for`);
});
