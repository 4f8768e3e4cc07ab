import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { giveNewIdentity } from './database-identity.js';

/** The folder in `dist` where the build writes the packed database; there is none in `src`. */
export const packedDatabases = fileURLToPath(new URL('../../packed-database', import.meta.url));

/** The name of the database that was packed with a version of PGlite. */
export function packedName(pgliteVersion: string): string {
  return `pglite-${pgliteVersion}.tar.br`;
}

/** The version of PGlite that this process would load. */
export async function installedPgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(join(dirname(entry), '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Unpacks the migrated database without data that the build has packed, because creating and migrating one takes ten
 * times the computing time. Gives it an identity of its own.
 *
 * @param directory - An empty folder.
 * @param packedFolder - The folder of the packed databases.
 * @returns False if there is none for the installed version of PGlite; nothing is written then.
 */
export async function unpackDatabase(directory: string, packedFolder: string): Promise<boolean> {
  // None is packed yet during the build.
  if (!existsSync(packedFolder)) return false;
  const file = join(packedFolder, packedName(await installedPgliteVersion()));
  if (!existsSync(file)) return false;
  // Loaded only here, because a server on PostgreSQL never unpacks.
  const { extract } = await import('tar');
  await extract({
    ...{ file, cwd: directory, brotli: true },
    ...{ strict: true, preserveOwner: false },
  });
  await giveNewIdentity(directory);
  return true;
}
