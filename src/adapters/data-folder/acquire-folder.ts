import { SetupError } from '../../domain/setup-error.js';
import { hasDatabase } from './database-files.js';
import { folderError } from './folder-error.js';
import { findHolder, lockFolder, type FolderLock } from './folder-lock.js';

/** A data folder, where its database is or is to be, and who wants it. */
export interface AcquireOptions {
  folder: string;
  /** The folder of the database in the data folder. */
  directory: string;
  /** What others are told of the holder. */
  description: string;
  /** Whether a database may be made if there is none yet. */
  mayCreate: boolean;
}

/**
 * Makes this process the only user of a data folder, if its database is sound, or if there is none yet and one may be
 * made. A folder that is missing is made, if a database may be. Everything is looked at before anything is changed.
 *
 * @returns The lock, or who holds it.
 * @throws SetupError if the folder or the database in it cannot be used, or there is none and none may be made.
 */
export async function acquireFolder(claim: AcquireOptions): Promise<FolderLock> {
  const { folder, directory, description, mayCreate } = claim;
  try {
    const holder = await findHolder(folder).catch(ignoreMissing);
    if (holder !== null) return { outcome: 'held', holder };
    const isMade = await hasDatabase(directory);
    if (!isMade && !mayCreate) {
      throw new SetupError(
        `There is no database in ${folder}. The commands serve and migrate make one. For a PostgreSQL, set DATABASE_URL.`,
      );
    }
    return await lockFolder(folder, description);
  } catch (error) {
    throw folderError(folder, error);
  }
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
