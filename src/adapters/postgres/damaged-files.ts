import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

const pageBytes = 8192;
/** Files of tables and indexes consist of whole pages, unless they are truncated, for example by a full disk. */
const tableFile = /^\d+(_(fsm|vm))?(\.\d+)?$/;

/**
 * Looks for files that may prevent an embedded database from being opened.
 *
 * @param directory - The folder with the files of the database.
 * @returns The problems, such as `base/5/1259 is truncated`; empty if nothing is found.
 */
export async function findDamagedFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const problems = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const problem = await problemOf(path, name);
      return problem === null ? [] : [`${relative(directory, path)} ${problem}`];
    }),
  );
  return problems.flat().sort();
}

async function problemOf(path: string, name: string): Promise<string | null> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch {
    return 'cannot be read and written by this user';
  }
  if (!tableFile.test(name)) return null;
  const { size } = await stat(path);
  return size % pageBytes === 0 ? null : 'is truncated';
}
