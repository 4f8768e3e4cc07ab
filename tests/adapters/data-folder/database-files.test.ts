import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireFolder } from '../../../src/adapters/data-folder/acquire-folder.js';
import { hasDatabase, recordDatabase } from '../../../src/adapters/data-folder/database-files.js';
import { folderError } from '../../../src/adapters/data-folder/folder-error.js';
import { pgliteDirectory } from '../../../src/adapters/postgres/pglite-directory.js';
import { readSettings } from '../../../src/config/read-settings.js';
import { openPglite } from '../../../src/entrypoints/postgres.js';
import { openDatabase } from '../../../src/server/database.js';
import { copyEmbedded } from '../../setup/embedded-template.js';

let folder: string;
let directory: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-files-'));
  directory = pgliteDirectory(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** All files in a folder, with what changes when one is written. */
async function contentsOf(root: string): Promise<string[]> {
  const paths = await readdir(root, { recursive: true });
  const contents = await Promise.all(
    paths.map(async (name) => {
      const { ino, size, mtimeMs, ctimeMs } = await lstat(join(root, name));
      return `${name} ${[ino, size, mtimeMs, ctimeMs].join(' ')}`;
    }),
  );
  return contents.sort();
}

/** Returns the error of acquiring the folder. Expects the same of `openPglite`, and that neither changes a file. */
async function reason(): Promise<string> {
  const before = await contentsOf(folder);
  const claim = acquireFolder({ folder, directory, description: 'a test', mayCreate: true });
  const error: unknown = await claim.catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'SetupError' });
  await expect(openPglite({ folder })).rejects.toThrow((error as Error).message);
  expect(await contentsOf(folder)).toEqual(before);
  return (error as Error).message;
}

describe('the error of an incomplete or damaged database contains the reason, and no file is changed', () => {
  beforeEach(() => copyEmbedded(directory, { isMigrated: true }));

  test.each([
    ['PG_VERSION'],
    ['base'],
    ['base/5'],
    ['global'],
    ['global/pg_control'],
    ['global/pg_filenode.map'],
    ['pg_wal'],
    ['pg_xact'],
    ['pg_notify'],
    ['pg_twophase'],
    ['pg_multixact/offsets'],
    ['postgresql.conf'],
    ['pg_hba.conf'],
  ])('%s is missing', async (name) => {
    await rm(join(directory, name), { recursive: true });
    const message = await reason();
    expect(message).toContain(name);
    expect(message).toMatch(/ (is|are) missing/);
    expect(message).toContain(`Restore the whole folder ${folder} from a backup`);
  });

  test.each([
    ['17', 'PG_VERSION contains "17", but this version of metered-chat requires 18'],
    ['', 'PG_VERSION contains ""'],
    ['\0\0\0', 'PG_VERSION contains'],
  ])('PG_VERSION contains %j', async (text, message) => {
    await writeFile(join(directory, 'PG_VERSION'), text);
    expect(await reason()).toContain(message);
  });

  test('the control file is truncated, has a changed bit, or is all zeros', async () => {
    const control = join(directory, 'global/pg_control');
    const bytes = await readFile(control);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(control, bytes);
    expect(await reason()).toContain('global/pg_control is damaged');
    await writeFile(control, Buffer.alloc(8192));
    expect(await reason()).toContain('global/pg_control is damaged');
    await truncate(control, 100);
    expect(await reason()).toContain('global/pg_control is truncated');
  });

  test('the write-ahead log is missing', async () => {
    await rm(join(directory, 'pg_wal'), { recursive: true });
    await mkdir(join(directory, 'pg_wal'));
    expect(await reason()).toContain('pg_wal contains no log file');
  });

  test('the whole database is missing, but the marker file exists', async () => {
    await recordDatabase(directory);
    await rm(directory, { recursive: true });
    expect(await reason()).toContain(`The database ${directory} is missing`);
  });

  test('the whole database is missing after openPglite has created it', async () => {
    const opened = await openPglite({ folder });
    await opened.close();
    await rm(directory, { recursive: true });
    expect(await reason()).toContain(`The database ${directory} is missing`);
  });

  test('the whole database is missing after the server has created it', async () => {
    const read = readSettings({ DATA_DIR: folder });
    if (read.outcome === 'invalid') throw new Error(read.problems.join());
    const progress = { info: () => undefined, warn: () => undefined };
    const opened = await openDatabase(read.settings, progress);
    await opened.close();
    await rm(directory, { recursive: true });
    const message = await reason();
    expect(message).toContain(`The database ${directory} is missing`);
    await expect(openDatabase(read.settings, progress)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(['database-made']);
  });

  test('the file of a table is missing', async () => {
    const tables = await readdir(join(directory, 'base/5'));
    await Promise.all(
      tables.filter((name) => name.startsWith('1259')).map((name) => rm(join(directory, 'base/5', name))),
    );
    await expect(openPglite({ folder })).rejects.toMatchObject({ name: 'SetupError' });
  });

  test.each([5000, 10_000])('the file of a table is truncated after %i bytes', async (bytes) => {
    await truncate(join(directory, 'base/5/1259'), bytes);
    await expect(openPglite({ folder })).rejects.toThrow('base/5/1259 is truncated. ');
  });

  test('an intact database opens', async () => {
    expect(await hasDatabase(directory)).toBe(true);
    const opened = await openPglite({ folder });
    await opened.close();
    const again = await openPglite({ folder });
    await again.close();
    expect(await hasDatabase(directory)).toBe(true);
  });
});

describe('no database is created if there is something else', () => {
  test('an empty folder for the database', async () => {
    await mkdir(directory);
    expect(await reason()).toContain('the folder is empty');
  });

  test('files of another program in it', async () => {
    await mkdir(directory);
    await writeFile(join(directory, 'app.sqlite'), 'x');
    expect(await reason()).toContain('app.sqlite');
  });

  test('a file in place of the folder', async () => {
    await writeFile(directory, 'x');
    expect(await reason()).toContain('a file, not a folder');
  });

  test('a broken link', async () => {
    await symlink(join(folder, 'nowhere'), directory);
    expect(await reason()).toContain('a broken link');
  });

  test('the files of a database directly in the data folder', async () => {
    await copyEmbedded(directory, { isMigrated: false });
    await cp(directory, folder, { recursive: true });
    await rm(directory, { recursive: true });
    expect(await reason()).toContain('because it contains other files');
  });

  test('files of metered-chat or the operating system do not prevent a first start', async () => {
    await mkdir(join(folder, 'mail'));
    await mkdir(join(folder, 'lost+found'));
    await mkdir(join(folder, 'unfinished-a1B2c3'));
    await writeFile(join(folder, '.gitkeep'), '');
    await writeFile(join(folder, 'lock-1.sock'), '');
    expect(await hasDatabase(directory)).toBe(false);
  });
});

describe('the error of an unusable data folder contains the reason', () => {
  test('a file, and a folder below a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'x');
    for (const path of [file, join(file, 'data')]) {
      const opening = openPglite({ folder: path });
      await expect(opening).rejects.toThrow(`The data folder ${path} cannot be used`);
      await expect(opening).rejects.toThrow('Set DATA_DIR to a folder that this user can write');
    }
  });

  test('a folder whose parent is missing is created', async () => {
    const path = join(folder, 'a/b');
    const claim = { folder: path, directory: pgliteDirectory(path), description: 'a test', mayCreate: true };
    const lock = await acquireFolder(claim);
    expect(lock.outcome).toBe('locked');
    if (lock.outcome === 'locked') await lock.release();
  });

  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])(
    'the system error %s is explained',
    (code) => {
      const error = Object.assign(new Error(`${code}: mkdir '/data'`), { code, syscall: 'mkdir' });
      const explained = folderError('/data', error);
      expect(explained).toMatchObject({ name: 'SetupError' });
      expect((explained as Error).message).toMatch(/^The data folder \/data cannot be used: /);
      expect((explained as Error).message).not.toContain(code);
    },
  );

  test('an error that is not about the folder is returned unchanged', () => {
    const error = new TypeError('a mistake');
    expect(folderError('/data', error)).toBe(error);
  });
});

test('with mayCreate false, nothing is created', async () => {
  const missing = join(folder, 'missing');
  for (const path of [folder, missing]) {
    const claim = { folder: path, directory: pgliteDirectory(path), description: 'a test', mayCreate: false };
    await expect(acquireFolder(claim)).rejects.toThrow(`There is no database in ${path}`);
  }
  expect(await readdir(folder)).toEqual([]);
});
