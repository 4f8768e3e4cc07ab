import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../../domain/setup-error.js';
import { pgliteDirectory } from './pglite-directory.js';

const unfinishedName = 'unfinished-';
/** Only this file creates such names. */
const unfinishedPattern = /^unfinished-[A-Za-z0-9]{6}$/;

/**
 * Creates an empty database in a data folder that only this process uses. It is atomic: an interrupted attempt leaves no
 * database. Removes the files of earlier interrupted attempts.
 */
export async function createPglite(dataFolder: string): Promise<void> {
  const unfinished = await mkdtemp(join(dataFolder, unfinishedName));
  const program = fileURLToPath(new URL('./create-pglite-process.js', import.meta.url));
  // Options of this process, such as an inspector port, must not apply to the child.
  const child = fork(program, [unfinished], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let reason = '';
  child.on('message', (message) => {
    if (typeof message === 'string') reason = `: ${message}`;
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) {
    throw new SetupError(
      `The embedded database could not be created in ${dataFolder}${reason}. Check that the file system is not full.`,
    );
  }
  await rename(unfinished, pgliteDirectory(dataFolder));
  await removeUnfinished(dataFolder);
}

/** May fail: the child of a killed process can still be writing. */
async function removeUnfinished(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  const leftovers = names.filter((name) => unfinishedPattern.test(name));
  await Promise.allSettled(
    leftovers.map((name) => rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })),
  );
}
