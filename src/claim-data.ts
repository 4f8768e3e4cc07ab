import { lockFolder } from './adapters/data-folder/folder-lock.js';
import type { Settings } from './settings.js';

/** A claim on the data: for the embedded database its folder, for a PostgreSQL nothing. `held`: by `holder`. */
export type DataClaim =
  | { outcome: 'claimed'; soleOwner: boolean; release: () => Promise<void> }
  | { outcome: 'held'; holder: string };

/** Makes sure that no other process works on the same data, where only one may. Comes before the database is opened. */
export async function claimData(settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>): Promise<DataClaim> {
  if (settings.DATABASE_URL !== null) {
    return { outcome: 'claimed', soleOwner: false, release: () => Promise.resolve() };
  }
  const lock = await lockFolder(settings.DATA_DIR, `process ${process.pid}`);
  return lock.outcome === 'held' ? lock : { outcome: 'claimed', soleOwner: true, release: lock.release };
}
