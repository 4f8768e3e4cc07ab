import { lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../../domain/setup-error.js';
import { controlProblems } from './control-file.js';
import { walFile } from './database-identity.js';
import { folderError } from './folder-error.js';

/** The version in the files of the embedded database. */
const majorVersion = '18';

/** Files and folders without which a database cannot be opened. Files of tables are not listed, because their names can change. */
const requiredFiles = [
  ...['PG_VERSION', 'postgresql.conf', 'pg_hba.conf', 'global/pg_control', 'global/pg_filenode.map'],
  ...['base/1/PG_VERSION', 'base/5/PG_VERSION', 'base/5/pg_filenode.map'],
  ...[
    'pg_commit_ts',
    'pg_logical',
    'pg_multixact/members',
    'pg_multixact/offsets',
    'pg_notify',
    'pg_replslot',
  ],
  ...['pg_subtrans', 'pg_tblspc', 'pg_twophase', 'pg_wal', 'pg_xact'],
];

/** Names that a data folder may contain before it has a database: our own files, and those of operating systems. */
const allowedBefore = /^(lock-.*|unfinished-\w{6}|mail|lost\+found|\..*)$/;
const markerName = 'database-made';

/**
 * Checks the embedded database of a data folder, and changes nothing.
 *
 * @param directory - The folder of the database, in the data folder.
 * @returns True if the database exists and its files are complete; false if no database was created yet.
 * @throws SetupError if files are missing, damaged or of another program, or if the folder cannot be read.
 */
export async function hasDatabase(directory: string): Promise<boolean> {
  const folder = dirname(directory);
  try {
    if (await isMissing(folder)) return false;
    if (await isMissing(directory)) {
      await throwUnlessEmpty(folder, directory);
      return false;
    }
    const problems = await problemsOf(directory);
    if (problems.length === 0) return true;
    throw new SetupError(
      `The database in ${directory} is damaged: ${problems.join('; ')}. ${restoreHint(folder)}`,
    );
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** Writes a marker file into the data folder, so that the loss of the database is not mistaken for a first start. */
export async function recordDatabase(directory: string): Promise<void> {
  const note = join(dirname(directory), markerName);
  const text = `The folder ${basename(directory)} next to this file is a database. If it is missing, restore it from a backup.\n`;
  await writeFile(note, text, { flag: 'wx' }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw folderError(dirname(directory), error);
  });
}

function restoreHint(folder: string): string {
  return (
    `Nothing was changed. Restore the whole folder ${folder} from a backup (docs/operating.md, "Backup and restore"), ` +
    'or set DATA_DIR to an empty folder to start without data.'
  );
}

async function throwUnlessEmpty(folder: string, directory: string): Promise<void> {
  const names = await readdir(folder);
  if (names.includes(markerName)) {
    throw new SetupError(`The database ${directory} is missing. ${restoreHint(folder)}`);
  }
  const others = names.filter((name) => !allowedBefore.test(name));
  if (others.length > 0) {
    throw new SetupError(
      `No database is created in ${folder}, because it contains other files: ${listed(others)}. ${restoreHint(folder)}`,
    );
  }
}

async function problemsOf(directory: string): Promise<string[]> {
  const found = await stat(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return ['it is a broken link'];
  if (!found.isDirectory()) return ['it is a file, not a folder'];
  const names = await readdir(directory);
  if (names.length === 0) return ['the folder is empty'];
  const missing = await missingOf(directory, requiredFiles);
  if (missing.length === requiredFiles.length)
    return [`it contains files of another program: ${listed(names)}`];
  if (missing.length > 0) return [`${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`];
  const version = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  if (version !== majorVersion) {
    return [
      `PG_VERSION contains "${version.slice(0, 20)}", but this version of metered-chat requires ${majorVersion}`,
    ];
  }
  const [wal, xact] = await Promise.all([
    readdir(join(directory, 'pg_wal')),
    readdir(join(directory, 'pg_xact')),
  ]);
  return [
    ...controlProblems(await readFile(join(directory, 'global/pg_control'))),
    ...(wal.some((name) => walFile.test(name)) ? [] : ['pg_wal contains no log file']),
    ...(xact.length > 0 ? [] : ['pg_xact is empty']),
  ];
}

async function missingOf(directory: string, names: readonly string[]): Promise<string[]> {
  const missing = await Promise.all(names.map((name) => isMissing(join(directory, name))));
  return names.filter((_, index) => missing[index]);
}

async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return true;
      throw error;
    },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

const maxListedNames = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxListedNames).join(', ');
  return names.length > maxListedNames ? `${shown} and ${names.length - maxListedNames} more` : shown;
}
