import { fork } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const databaseName = 'database';
const unfinishedName = 'unfinished-';

/** Where a data folder keeps the embedded database's files, whether they are there yet or not. */
export function pgliteDirectory(dataFolder: string): string {
  return join(dataFolder, databaseName);
}

/** True when the data folder holds a database already. */
export async function hasPglite(dataFolder: string): Promise<boolean> {
  return access(pgliteDirectory(dataFolder)).then(
    () => true,
    () => false,
  );
}

/**
 * Makes an empty database in a data folder that only this process uses: whole, or not at all, wherever it is
 * interrupted. What interrupted attempts left behind is removed.
 */
export async function makePglite(dataFolder: string): Promise<void> {
  const unfinished = await mkdtemp(join(dataFolder, unfinishedName));
  const program = fileURLToPath(new URL('./initialise-pglite.js', import.meta.url));
  // What this process was started with, an inspector or a program on its command line, is not meant for the child.
  const child = fork(program, [unfinished], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(`The embedded database could not be made in ${dataFolder}.`);
  await rename(unfinished, pgliteDirectory(dataFolder));
  await removeUnfinished(dataFolder);
}

/** Comes last, and may fail: the child of a process that was killed can still be writing for a moment. */
async function removeUnfinished(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  const leftovers = names.filter((name) => name.startsWith(unfinishedName));
  await Promise.allSettled(
    leftovers.map((name) => rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })),
  );
}
