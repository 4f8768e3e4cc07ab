import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../../domain/setup-error.js';
import { packedDatabases, unpackDatabase } from './packed-database.js';

const unfinishedName = 'unfinished-';
/** Only this file creates such names. */
const unfinishedPattern = /^unfinished-[A-Za-z0-9]{6}$/;

/**
 * Creates a database without data in a data folder that only this process uses: unpacks the one of the package, or
 * creates an empty one if there is none for the installed PGlite. It is atomic: an interrupted attempt leaves no database.
 * Removes the files of earlier interrupted attempts.
 *
 * @param directory - The folder of the database, in the data folder.
 * @param packedFolder - The folder of the packed databases.
 * @throws SetupError if the files cannot be written.
 */
export async function createDatabase(directory: string, packedFolder = packedDatabases): Promise<void> {
  const dataFolder = dirname(directory);
  const unfinished = await mkdtemp(join(dataFolder, unfinishedName));
  try {
    if (!(await unpackDatabase(unfinished, packedFolder))) await createEmpty(unfinished);
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? `: ${error.message}` : '';
    throw new SetupError(
      `The embedded database could not be created in ${dataFolder}${reason}. Check that the file system is not full.`,
      { cause: error },
    );
  }
  await rename(unfinished, directory);
  await removeUnfinished(dataFolder);
}

async function createEmpty(directory: string): Promise<void> {
  const program = fileURLToPath(new URL('./create-database-process.js', import.meta.url));
  // Options of this process, such as an inspector port, must not apply to the child.
  const child = fork(program, [directory], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let reason = '';
  child.on('message', (message) => {
    if (typeof message === 'string') reason = message;
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  if (exitCode !== 0) throw new Error(reason);
}

/** May fail: the child of a killed process can still be writing. */
async function removeUnfinished(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder);
  const leftovers = names.filter((name) => unfinishedPattern.test(name));
  await Promise.allSettled(
    leftovers.map((name) => rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 })),
  );
}
