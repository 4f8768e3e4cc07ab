import { acquireFolder } from '../adapters/data-folder/acquire-folder.js';
import { describeProcess } from '../adapters/data-folder/folder-lock.js';
import { pgliteDirectory } from '../adapters/postgres/pglite-directory.js';
import type { Settings } from '../config/read-settings.js';

/** Whether this process may use the database; `holder` names the process that uses the data folder already. */
export type DataLock =
  | { outcome: 'acquired'; soleOwner: boolean; release: () => Promise<void> }
  | { outcome: 'held'; holder: string };

/**
 * Locks the data folder for this process if the database is the embedded one; PostgreSQL requires no lock. Must be called
 * before the database is opened.
 *
 * @param options.mayCreate Whether a database may be created if there is none.
 * @throws SetupError if the embedded database is damaged, or missing and may not be created; nothing is changed.
 */
export async function lockDataFolder(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  { mayCreate }: { mayCreate: boolean },
): Promise<DataLock> {
  if (settings.DATABASE_URL !== null) {
    return { outcome: 'acquired', soleOwner: false, release: () => Promise.resolve() };
  }
  const lock = await acquireFolder({
    folder: settings.DATA_DIR,
    directory: pgliteDirectory(settings.DATA_DIR),
    description: describeProcess(),
    mayCreate,
  });
  return lock.outcome === 'held' ? lock : { outcome: 'acquired', soleOwner: true, release: lock.release };
}
