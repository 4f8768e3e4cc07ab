import { SetupError } from '../../domain/setup-error.js';
import { hasDatabase } from './database-files.js';
import { folderError } from './folder-error.js';
import { findHolder, lockFolder, type FolderLock } from './folder-lock.js';

/** A data folder, and how to acquire it. */
export interface AcquireOptions {
  folder: string;
  /** The folder of the database, in the data folder. */
  directory: string;
  /** The description of this process in the errors of other processes. */
  description: string;
  /** Whether a database may be created if there is none. */
  mayCreate: boolean;
}

/**
 * Locks a data folder for this process, if its database is intact, or if there is none and `mayCreate` is true. Creates a
 * missing folder if `mayCreate` is true. Checks everything before it changes anything.
 *
 * @returns The lock, or the description of its holder.
 * @throws SetupError if the folder or its database cannot be used, or if there is no database and `mayCreate` is false.
 */
export async function acquireFolder(claim: AcquireOptions): Promise<FolderLock> {
  const { folder, directory, description, mayCreate } = claim;
  try {
    const holder = await findHolder(folder).catch(ignoreMissing);
    if (holder !== null) return { outcome: 'held', holder };
    if (!(await hasDatabase(directory)) && !mayCreate) {
      throw new SetupError(
        `There is no database in ${folder}. Run migrate or serve to create one, or set DATABASE_URL to use PostgreSQL.`,
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
