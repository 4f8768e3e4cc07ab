import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemIdentifierBytes, withNewIdentity } from './control-file.js';

/** The names of the files of the write-ahead log. */
export const walFile = /^[0-9A-F]{24}$/;
/** The place of the system identifier in the header of each such file: XLogLongPageHeaderData of PostgreSQL. */
const identifierInWalAt = 24;

/**
 * Gives a copy of a database the identity of a new one: PostgreSQL recognises by its system identifier which files belong
 * together. The database must have been closed properly, and must not be open.
 */
export async function giveNewIdentity(directory: string): Promise<void> {
  const controlFile = join(directory, 'global/pg_control');
  const control = withNewIdentity(await readFile(controlFile));
  const identifier = control.subarray(0, systemIdentifierBytes);
  const names = await readdir(join(directory, 'pg_wal'));
  for (const name of names.filter((candidate) => walFile.test(candidate))) {
    const file = await open(join(directory, 'pg_wal', name), 'r+');
    try {
      await file.write(identifier, 0, systemIdentifierBytes, identifierInWalAt);
    } finally {
      await file.close();
    }
  }
  await writeFile(controlFile, control);
}
