import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './server-process.js';

let template: Promise<string> | undefined;
const made: string[] = [];

/** An empty folder for data, gone after `removeDataFolders`. */
export async function emptyDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-data-'));
  made.push(folder);
  return folder;
}

/** A folder with a fresh embedded database: copied, because making one takes seconds. */
export async function freshDataFolder(): Promise<string> {
  template ??= migratedDataFolder();
  const folder = await emptyDataFolder();
  await cp(join(await template, 'database'), join(folder, 'database'), { recursive: true });
  return folder;
}

async function migratedDataFolder(): Promise<string> {
  const folder = await emptyDataFolder();
  const { exitCode, output } = await runCommand(['migrate'], { DATA_DIR: folder });
  if (exitCode !== 0) throw new Error(`The embedded database could not be made:\n${output}`);
  return folder;
}

/** Removes every folder that was handed out. */
export async function removeDataFolders(): Promise<void> {
  await Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true })));
}
