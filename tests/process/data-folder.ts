import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgliteDirectory } from '../../src/adapters/postgres/pglite-directory.js';
import { copyEmbedded } from '../setup/embedded-template.js';

const folders: string[] = [];

/** Creates an empty data folder, which `removeDataFolders` removes. */
export async function emptyDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-data-'));
  folders.push(folder);
  return folder;
}

/** Creates a data folder with a new, migrated embedded database. */
export async function freshDataFolder(): Promise<string> {
  const folder = await emptyDataFolder();
  await copyEmbedded(pgliteDirectory(folder), { isMigrated: true });
  return folder;
}

/** Removes all folders that were created here. */
export async function removeDataFolders(): Promise<void> {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}
