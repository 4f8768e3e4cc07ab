import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { moveSchemaCommand } from '../../../src/cli/move-schema.js';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { migrationLock } from '../../../src/adapters/postgres/migrations.js';
import { moveSchema } from '../../../src/adapters/postgres/move-schema.js';
import { pgDatabase } from '../../../src/adapters/postgres/pg-database.js';
import { openPostgres } from '../../../src/entrypoints/postgres.js';
import { createAccount, expectSound, newId, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { postgresTestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';
import { insertAccount, lastMigration } from './version-0.1/statements.js';

const target = 'metered-chat';
let url: string;
let database: Database;
let drop: () => Promise<void>;
let host: pg.Pool;

beforeEach(async () => {
  ({ url, database, drop } = await postgresTestDatabase({ isMigrated: false }));
  host = new pg.Pool({ connectionString: url, max: 4 });
});

afterEach(async () => {
  await host.end();
  await drop();
});

/** The objects of a schema, without those that belong to a table. */
async function objectsIn(schema: string): Promise<string[]> {
  const { rows } = await host.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r'
    union all select proname::text from pg_proc where pronamespace = to_regnamespace($1) order by name`,
    [`"${schema}"`],
  );
  return rows.map(({ name }) => name);
}

/** Creates the tables of version 0.1 with an account that has 1000 credits. Returns its id. */
async function installEarlierVersion(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earlier-migrations-'));
  for (const name of await readdir(migrationsDirectory)) {
    if (Number(name.slice(0, 4)) <= lastMigration)
      await cp(join(migrationsDirectory, name), join(folder, name));
  }
  await database.migrate(folder);
  await rm(folder, { recursive: true });
  const userId = newId();
  const values = [userId, 'jane', 'jane', null, null, 'hash', 'user', newId(), 1000];
  await database.query({ text: insertAccount, values });
  return userId;
}

test('an installation of version 0.1 is moved with its data, and goes on in the schema', async () => {
  const userId = await installEarlierVersion();
  await database.migrate(migrationsDirectory);
  await host.query(
    `create table parcels (user_id uuid references users (id)); insert into parcels values ('${userId}');
    create function count_parcels() returns bigint language sql return (select count(*) from parcels)`,
  );
  const before = await objectsIn('public');
  const { exitCode, lines } = await moveSchemaCommand.runOn(database, [target]);
  expect({ exitCode, lines }).toEqual({
    exitCode: 0,
    lines: [expect.stringMatching(/^Moved \d+ tables from "public" to "metered-chat"\. Set DATABASE_SCHEMA/)],
  });
  const ofHost = ['count_parcels', 'parcels'];
  expect(await objectsIn('public')).toEqual(ofHost);
  expect(await objectsIn(target)).toEqual(before.filter((name) => !ofHost.includes(name)));

  const opened = await openPostgres({ connectionString: url, schema: target });
  const { stores, database: moved } = opened;
  expect(await moved.migrate(migrationsDirectory)).toEqual([]);
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 1000, held: 0 });
  await stores.holdLedger.settle(settlementOf(await openHold(stores, userId), 40));
  await createAccount(stores, 100);
  await moved.query({ text: 'select * from probe_write()' });
  await expect(host.query(`delete from "${target}".entries`)).rejects.toThrow('append-only');
  await expectSound(stores);
  await opened.close();
  expect((await host.query('select * from parcels')).rows).toEqual([{ user_id: userId }]);
  await expect(host.query(`insert into parcels values ('${newId()}')`)).rejects.toThrow('foreign key');
});

test('it can be moved into a schema that has other tables, and back', async () => {
  await database.migrate(migrationsDirectory);
  const objects = await objectsIn('public');
  await host.query(`create schema "${target}" create table parcels (id int)`);
  await moveSchema(database, target);
  const opened = await openPostgres({ connectionString: url, schema: target });
  const { stores, database: moved } = opened;
  await createAccount(stores, 100);
  await moveSchema(moved, 'public');
  await opened.close();
  expect(await objectsIn(target)).toEqual(['parcels']);
  expect(await objectsIn('public')).toEqual(objects);
  const again = await openPostgres({ connectionString: url });
  await createAccount(again.stores, 100);
  await expectSound(again.stores);
  await again.close();
});

test.each([
  ['a table', `create table "${target}".users (id int)`, 'already contains "users"'],
  ['an enumeration', `create type "${target}".entries as enum ('one')`, 'already contains "entries"'],
  [
    'a function, found after the tables have moved,',
    `create function "${target}".probe_write() returns int return 1`,
    'objects of another program',
  ],
])('a schema with %s of the same name is refused, and nothing is changed', async (_, script, reason) => {
  await database.migrate(migrationsDirectory);
  await host.query(`create schema "${target}"; ${script}`);
  const before = [await objectsIn('public'), await objectsIn(target)];
  await expect(moveSchema(database, target)).rejects.toThrow(reason);
  expect([await objectsIn('public'), await objectsIn(target)]).toEqual(before);
});

test('a role that may not change the schemas learns what it lacks, and nothing is changed', async () => {
  await database.migrate(migrationsDirectory);
  const role = `role_${process.pid}_${Date.now()}`;
  await host.query(
    `create role ${role} login password 'secret'; grant all on all tables in schema public to ${role}`,
  );
  const restricted = pgDatabase({
    ...{ connectTimeoutMs: 60_000, statementTimeoutMs: 60_000, poolSize: 1, onIdleError: () => undefined },
    connectionString: Object.assign(new URL(url), { username: role, password: 'secret' }).href,
  });
  const before = await objectsIn('public');
  await expect(moveSchema(restricted, target)).rejects.toThrow(`create schema if not exists "${target}"`);
  await host.query(`create schema "${target}" authorization ${role}`);
  await expect(moveSchema(restricted, target)).rejects.toThrow('It must own the tables');
  await restricted.close();
  expect(await objectsIn('public')).toEqual(before);
  await host.query(`drop owned by ${role}; drop role ${role}`);
});

test.each([
  ['uses a table', 'select * from users for share'],
  ['migrates the tables', migrationLock],
])(
  'while a server %s, nothing is moved and the error says what to do',
  async (_, statement) => {
    await database.migrate(migrationsDirectory);
    const server = await host.connect();
    await server.query(`begin; ${statement}`);
    await expect(moveSchema(database, target)).rejects.toThrow('Stop the servers');
    await server.query('rollback');
    server.release();
    expect(await objectsIn(target)).toEqual([]);
    await moveSchema(database, target);
  },
  240_000,
);

test.each([
  ['public', 'The tables are in the schema "public" already.'],
  ['pg_ours', 'must have at most 63 letters'],
])('the schema %s is refused', async (name, reason) => {
  await database.migrate(migrationsDirectory);
  await expect(moveSchema(database, name)).rejects.toThrow(reason);
});

test('the command refuses the embedded database, and prints its usage without exactly one schema', async () => {
  const embedded = { ...database, isEmbedded: true };
  expect(await moveSchemaCommand.runOn(embedded, [target])).toMatchObject({
    exitCode: 1,
    lines: [expect.stringContaining('set DATABASE_URL')],
  });
  for (const args of [[], ['--all'], [target, 'another']]) {
    expect(await moveSchemaCommand.runOn(database, args)).toMatchObject({
      exitCode: 2,
      lines: [expect.stringMatching(/^Usage: .*SCHEMA$/)],
    });
  }
});
