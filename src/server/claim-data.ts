import { acquireFolder } from '../adapters/data-folder/acquire-folder.js';
import { describeProcess } from '../adapters/data-folder/folder-lock.js';
import { pgliteDirectory } from '../adapters/postgres/pglite-directory.js';
import type { Settings } from '../config/settings.js';

/** A claim on the data: for the embedded database its folder, for a PostgreSQL nothing. `held`: by `holder`. */
export type DataClaim =
  | { outcome: 'claimed'; soleOwner: boolean; release: () => Promise<void> }
  | { outcome: 'held'; holder: string };

/**
 * Makes sure that no other process works on the same data, where only one may. Comes before the database is opened.
 * Rejects with a SetupError, changing nothing, if the embedded database is damaged, or there is none and `mayMake` is
 * false.
 */
export async function claimData(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  { mayMake }: { mayMake: boolean },
): Promise<DataClaim> {
  if (settings.DATABASE_URL !== null) {
    return { outcome: 'claimed', soleOwner: false, release: () => Promise.resolve() };
  }
  const lock = await acquireFolder({
    folder: settings.DATA_DIR,
    directory: pgliteDirectory(settings.DATA_DIR),
    description: describeProcess(),
    mayCreate: mayMake,
  });
  return lock.outcome === 'held' ? lock : { outcome: 'claimed', soleOwner: true, release: lock.release };
}
