import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pgliteDirectory } from '../../src/adapters/postgres/pglite-directory.js';
import { copyEmbedded } from '../setup/embedded-template.js';

const made: string[] = [];

/** An empty folder for data, gone after `removeDataFolders`. */
export async function emptyDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-data-'));
  made.push(folder);
  return folder;
}

/** A folder with a fresh embedded database, migrated. */
export async function freshDataFolder(): Promise<string> {
  const folder = await emptyDataFolder();
  await copyEmbedded(pgliteDirectory(folder), { isMigrated: true });
  return folder;
}

/** Removes every folder that was handed out. */
export async function removeDataFolders(): Promise<void> {
  await Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true })));
}
