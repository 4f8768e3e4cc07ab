import { PGlite } from '@electric-sql/pglite';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase } from '../../src/adapters/data-folder/create-database.js';
import { hasDatabase } from '../../src/adapters/data-folder/database-files.js';
import {
  installedPgliteVersion,
  packedName,
  unpackDatabase,
} from '../../src/adapters/data-folder/packed-database.js';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { copyEmbedded } from '../setup/embedded-template.js';
import { migrationsDirectory } from '../setup/migrations-directory.js';
import { packPackage, repository, type PackedPackage } from './packed-package.js';

const packedFolder = join(repository, 'dist/packed-database');
const maxBytes = 2_000_000;

let folder: string;
/** A database that was unpacked, and one that was created and migrated. */
let unpacked: string;
let created: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-unpacked-'));
  unpacked = join(folder, 'unpacked');
  created = join(folder, 'created');
  await createDatabase(unpacked, packedFolder);
  await copyEmbedded(created, { isMigrated: true });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rows of all tables of a database, those of PostgreSQL itself included, each as text. */
async function rowsOf(directory: string): Promise<Record<string, string[]>> {
  const pglite = await PGlite.create(directory);
  try {
    const tables = await pglite.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'S') order by 1`,
    );
    const rows: Record<string, string[]> = {};
    for (const { name } of tables.rows) {
      const found = await pglite.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${name} t`,
      );
      rows[name] = found.rows.map(({ row }) => JSON.stringify(withoutHistory(row))).sort();
    }
    return rows;
  } finally {
    await pglite.close();
  }
}

/** Without the times of the migrations: when each ran, and the defaults that were added to the columns of empty tables. */
function withoutHistory(row: Record<string, unknown>): Record<string, unknown> {
  const isOfTimes = row['atttypid'] === timestamptz;
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name]) => name !== 'executed_at' && !(isOfTimes && name === 'attmissingval'),
    ),
  );
}

/** The object id of the type in PostgreSQL. */
const timestamptz = '1184';

/** The bytes that make a database a particular one. */
async function identityOf(directory: string) {
  const control = await readFile(join(directory, 'global/pg_control'));
  return { identifier: control.toString('hex', 0, 8), nonce: control.toString('hex', 257, 289) };
}

describe('the packed database', () => {
  test('has the rows of one that was created and migrated, in every table of it and of PostgreSQL', async () => {
    const [actual, expected] = [await rowsOf(unpacked), await rowsOf(created)];
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    expect(actual).toEqual(expected);
    expect(actual['public.migrations']).toHaveLength((await readdir(migrationsDirectory)).length + 1);
  }, 120_000);

  test('contains no account, no secret and no other data: only its migrations are on record', async () => {
    const rows = await rowsOf(unpacked);
    const filled = Object.keys(rows).filter(
      (name) => name.startsWith('public.') && !name.endsWith('_seq') && rows[name]?.length !== 0,
    );
    expect(filled).toEqual(['public.migrations']);
  }, 120_000);

  test('requires no migration', async () => {
    const database = await pgliteDatabase(unpacked);
    expect(await database.migrate(migrationsDirectory)).toEqual([]);
    await database.close();
  });

  test('runs the migrations that were added later', async () => {
    const directory = join(folder, 'later');
    await createDatabase(directory, packedFolder);
    const migrations = join(folder, 'migrations');
    await cp(migrationsDirectory, migrations, { recursive: true });
    const number = String((await readdir(migrations)).length + 1).padStart(4, '0');
    await writeFile(join(migrations, `${number}_added.sql`), 'create table added_later (id int);');
    const database = await pgliteDatabase(directory);
    expect(await database.migrate(migrations)).toEqual([`${number}_added.sql`]);
    await database.close();
  });

  test('gets an identifier and a nonce of its own, in the control file and in the write-ahead log', async () => {
    const again = join(folder, 'again');
    await createDatabase(again, packedFolder);
    const [first, second] = [await identityOf(unpacked), await identityOf(again)];
    expect(second.identifier).not.toBe(first.identifier);
    expect(second.nonce).not.toBe(first.nonce);
    expect(first.nonce).not.toBe((await identityOf(created)).nonce);
    const names = (await readdir(join(again, 'pg_wal'))).filter((name) => name.length === 24);
    expect(names).toHaveLength(1);
    const wal = await readFile(join(again, 'pg_wal', String(names[0])));
    expect(wal.toString('hex', 24, 32)).toBe(second.identifier);
  });

  test('keeps what was written, also without being closed', async () => {
    const directory = join(folder, 'killed');
    await createDatabase(directory, packedFolder);
    const pglite = await PGlite.create(directory);
    await pglite.exec('create table kept (id int); insert into kept values (1)');
    const copy = join(folder, 'killed-copy');
    await cp(directory, copy, { recursive: true });
    await pglite.close();
    const recovered = await PGlite.create(copy);
    expect((await recovered.query('select id from kept')).rows).toEqual([{ id: 1 }]);
    await recovered.close();
  }, 120_000);

  test('is used only with the version of PGlite that it was packed with', async () => {
    const older = join(folder, 'older');
    await cp(packedFolder, older, { recursive: true });
    const name = packedName(await installedPgliteVersion());
    await cp(join(older, name), join(older, packedName('0.5.1')));
    await rm(join(older, name));
    const target = await mkdtemp(join(folder, 'target-'));
    expect(await unpackDatabase(target, older)).toBe(false);
    expect(await unpackDatabase(target, join(folder, 'absent'))).toBe(false);
    expect(await readdir(target)).toEqual([]);
  });

  test('leaves no database if it cannot be unpacked whole, and the next attempt removes the rest', async () => {
    const dataFolder = await mkdtemp(join(folder, 'data-'));
    const directory = join(dataFolder, 'database');
    const truncated = join(folder, 'truncated');
    await cp(packedFolder, truncated, { recursive: true });
    const name = packedName(await installedPgliteVersion());
    const bytes = await readFile(join(packedFolder, name));
    await writeFile(join(truncated, name), bytes.subarray(0, bytes.length / 2));
    await expect(createDatabase(directory, truncated)).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringContaining(`could not be created in ${dataFolder}`) as string,
    });
    expect(await hasDatabase(directory)).toBe(false);
    expect(await readdir(dataFolder)).toEqual([expect.stringMatching(/^unfinished-/)]);
    await createDatabase(directory, packedFolder);
    expect(await hasDatabase(directory)).toBe(true);
    expect(await readdir(dataFolder)).toEqual(['database']);
  });
});

describe('the package', () => {
  let packed: PackedPackage;
  beforeAll(async () => {
    packed = await packPackage();
  });
  afterAll(() => packed.remove());

  test('contains the database for the PGlite that it is tested with, compressed', async () => {
    const name = packedName(await installedPgliteVersion());
    expect(packed.files.filter((path) => path.startsWith('dist/packed-database/'))).toEqual([
      `dist/packed-database/${name}`,
    ]);
    expect((await stat(join(packedFolder, name))).size).toBeLessThan(maxBytes);
  });
});
