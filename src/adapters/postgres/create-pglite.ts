import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../../domain/setup-error.js';
import { pgliteDirectory } from './pglite-directory.js';

const unfinishedName = 'unfinished-';
/** Only this file makes such names. */
const unfinishedPattern = /^unfinished-[A-Za-z0-9]{6}$/;

/**
 * Makes an empty database in a data folder that only this process uses: whole, or not at all, wherever it is
 * interrupted. What interrupted attempts left behind is removed.
 */
export async function createPglite(dataFolder: string): Promise<void> {
  const unfinished = await mkdtemp(join(dataFolder, unfinishedName));
  const program = fileURLToPath(new URL('./create-pglite-process.js', import.meta.url));
  // What this process was started with, an inspector or a program on its command line, is not meant for the child.
  const child = fork(program, [unfinished], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let reason = '';
  child.on('message', (message) => {
    if (typeof message === 'string') reason = `: ${message}`;
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) {
    throw new SetupError(
      `The embedded database could not be made in ${dataFolder}${reason}. Is its file system full?`,
    );
  }
  await rename(unfinished, pgliteDirectory(dataFolder));
  await removeUnfinished(dataFolder);
}

/** Comes last, and may fail: the child of a process that was killed can still be writing for a moment. */
async function removeUnfinished(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  const leftovers = names.filter((name) => unfinishedPattern.test(name));
  await Promise.allSettled(
    leftovers.map((name) => rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })),
  );
}
