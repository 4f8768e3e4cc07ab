import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pgDatabase } from '../../../src/adapters/postgres/pg-database.js';
import { inSchema, validateSchemaName, tableNames } from '../../../src/adapters/postgres/schema.js';
import { SetupError } from '../../../src/domain/setup-error.js';
import { openPglite, openPostgres, type OpenSqlStores } from '../../../src/entrypoints/postgres.js';
import { createAccount, expectSound, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { postgresTestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';

let url: string;
let drop: () => Promise<void>;
let host: pg.Pool;

beforeEach(async () => {
  ({ url, drop } = await postgresTestDatabase({ isMigrated: false }));
  host = new pg.Pool({ connectionString: url, max: 4 });
});

afterEach(async () => {
  await host.end();
  await drop();
});

const open = (schema?: string, options: Partial<Parameters<typeof pgDatabase>[0]> = {}) =>
  openPostgres({ connectionString: url, poolSize: 4, ...options, ...(schema !== undefined && { schema }) });

/** All objects and rows outside of a schema, as text. */
async function contentsOutside(schema: string): Promise<string[]> {
  const { rows } = await host.query<{ object: string; table: string | null }>(
    `select concat_ws(' ', n.nspname, c.relname, c.relkind, c.relfilenode) as object,
      case when c.relkind = 'r' then format('%I.%I', n.nspname, c.relname) end as table
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', $1) order by 1`,
    [schema],
  );
  const contents: string[] = [];
  for (const { object, table } of rows) {
    contents.push(object);
    if (table === null) continue;
    const { rows: tableRows } = await host.query<{ row: string }>(`select t::text as row from ${table} t`);
    contents.push(...tableRows.map(({ row }) => row));
  }
  return contents;
}

/** Creates an account with 100 credits and spends 40. */
async function spend({ stores, rateLimiter }: OpenSqlStores): Promise<string> {
  const userId = await createAccount(stores, 100);
  await stores.holdLedger.settle(settlementOf(await openHold(stores, userId), 40));
  await rateLimiter.take({ key: userId, max: 1, windowMs: 60_000 });
  await expectSound(stores);
  return userId;
}

async function openError(opening: Promise<OpenSqlStores>): Promise<string> {
  const error: unknown = await opening.then(
    (opened) => opened.close().then(() => 'it opened'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(SetupError);
  return (error as SetupError).message;
}

describe('a configured schema', () => {
  test.each([
    ['own connections', {}],
    ['own connections behind a pooler', { isBehindPooler: true }],
  ])('is created, and contains everything: %s', async (_, options) => {
    await host.query('create table users (id int); create table migrations (id int, label text)');
    await host.query("insert into users values (7); insert into migrations values (1, 'theirs')");
    const before = await contentsOutside('metered_chat');
    const opened = await open('metered_chat', options);
    await spend(opened);
    await opened.close();
    expect(await contentsOutside('metered_chat')).toEqual(before);
    const again = await open('metered_chat', options);
    await spend(again);
    await again.close();
    expect(await contentsOutside('metered_chat')).toEqual(before);
  });

  test("works on an embedding program's pool and PGlite without changing their search_path", async () => {
    await host.query('create table users (id int)');
    const pool = await openPostgres({ pool: host, schema: 'metered-chat' });
    await spend(pool);
    expect((await host.query<{ n: string }>('select count(*) as n from users')).rows).toEqual([{ n: '0' }]);
    await pool.close();

    const pglite = await PGlite.create();
    await pglite.exec('create table users (id int)');
    const embedded = await openPglite({ pglite, schema: 'metered-chat' });
    await spend(embedded);
    expect((await pglite.query('select count(*)::int as n from users')).rows).toEqual([{ n: 0 }]);
    await pglite.close();
  });

  test('works beside other schemas in the same database that are created concurrently', async () => {
    const names = ['one', 'two', 'public'];
    const installs = await Promise.all(names.flatMap((name) => [open(name), open(name)]));
    const [one, , two] = installs as [OpenSqlStores, OpenSqlStores, OpenSqlStores];
    const [userOfOne] = await Promise.all(installs.map(spend));
    expect((await one.stores.creditLedger.balance(userOfOne ?? ''))?.balance).toBe(60);
    expect(await two.stores.userDirectory.find(userOfOne ?? '')).toBeNull();
    await Promise.all(installs.map((install) => install.close()));
  });

  test.each(['MixedCase', 'Upper-Case', 'select', '_1'])('can have the name %s', async (name) => {
    for (let start = 0; start < 2; start += 1) {
      const opened = await open(name);
      await spend(opened);
      await opened.close();
    }
    expect(await contentsOutside(name)).toEqual([]);
  });

  test('has an append-only ledger, and an audit that checks its own triggers', async () => {
    const opened = await open('metered_chat');
    await spend(opened);
    await expect(host.query('delete from metered_chat.entries')).rejects.toThrow('append-only');
    await host.query('alter table metered_chat.entries disable trigger entries_append_only');
    expect(await opened.stores.ledgerAudit.inspect()).toMatchObject({
      broken: { entries_append_only: 3 },
    });
    await opened.close();
  });

  test.each(['', 'pg_ours', 'information_schema', 'a"b', "a'b", 'a b', '1st', 'a'.repeat(64), 'naïve'])(
    'cannot have the name %j',
    async (name) => {
      expect(validateSchemaName(name)).not.toBeNull();
      await expect(open(name)).rejects.toThrow('must have at most 63 letters');
    },
  );
});

describe('objects of other programs', () => {
  test('a table "migrations" in another schema does not prevent the first start', async () => {
    await host.query(
      'create schema elsewhere; create table elsewhere.migrations (id int, name text, hash text)',
    );
    const opened = await open();
    await spend(opened);
    await opened.close();
  });

  test.each([
    ['other tables', 'create table users (id int); create table sessions (id int)', '"sessions", "users"'],
    ['a view', 'create view balances as select 1', '"balances"'],
    ['a type', "create type exchanges as enum ('one')", '"exchanges"'],
    ['an index', 'create table t (id int); create index entries_by_id on t (id)', 'entries_by_id'],
    ['a function', 'create function refuse_ledger_change() returns int return 1', 'refuse_ledger_change'],
    [
      'a migrations table of TypeORM',
      'create table migrations (id serial, timestamp bigint, name text)',
      '"migrations"',
    ],
    [
      'a migrations table of postgres-migrations',
      `create table migrations (id int primary key, name text, hash text, executed_at timestamp);
      insert into migrations values (0, 'create-migrations-table', 'x'), (1, 'pets', 'x')`,
      '"migrations"',
    ],
  ])('%s in the schema: the error names it, and nothing is changed', async (_, script, named) => {
    await host.query(script);
    const before = await contentsOutside('');
    const reason = await openError(open());
    expect(reason).toContain(named);
    expect(reason).toContain('Set DATABASE_SCHEMA to another schema');
    expect(await contentsOutside('')).toEqual(before);
  });

  test('if the role lacks privileges, the error contains the commands for an administrator', async () => {
    const role = `role_${process.pid}_${Date.now()}`;
    await host.query(`create role ${role} login password 'secret'; create schema closed`);
    const restricted = Object.assign(new URL(url), { username: role, password: 'secret' });
    for (const schema of ['closed', 'missing']) {
      const reason = await openError(
        openPostgres({ connectionString: restricted.href, poolSize: 2, schema }),
      );
      expect(reason).toContain(`create schema if not exists "${schema}"`);
    }
    await host.query(`drop role ${role}`);
  });

  test('tables of an earlier version in another schema of the search_path are found, and not created again', async () => {
    await (await open('jane')).close();
    const jane = new URL(url);
    jane.searchParams.set('options', '-c search_path=jane');
    const reason = await openError(openPostgres({ connectionString: jane.href, poolSize: 2 }));
    expect(reason).toContain('Set DATABASE_SCHEMA=jane');
    expect(await contentsOutside('jane')).toEqual([]);
  });

  test('the error of a read-only database contains the reason', async () => {
    const { pathname } = new URL(url);
    await host.query(`alter database ${pathname.slice(1)} set default_transaction_read_only = on`);
    const reason = await openError(open('metered_chat'));
    expect(reason).toContain('cannot execute CREATE SCHEMA in a read-only transaction');
    expect(reason).toContain('default_transaction_read_only');
  });

  test('the error about changed migrations names the file', async () => {
    await (await open()).close();
    await host.query(`update migrations set hash = 'other' where id = 3`);
    expect(await openError(open())).toContain('0003_ledger.sql');
  });

  test('with mustExist, migrate rejects and creates nothing if there are no tables', async () => {
    const database = pgDatabase({
      connectionString: url,
      poolSize: 2,
      connectTimeoutMs: 60_000,
      statementTimeoutMs: 60_000,
      schema: 'metered_chat',
      onIdleError: () => undefined,
    });
    await expect(database.migrate(migrationsDirectory, { mustExist: true })).rejects.toThrow(
      'The schema "metered_chat" contains no database of metered-chat',
    );
    expect(await contentsOutside('')).toEqual([]);
    await database.close();
  });
});

describe('table names in a statement', () => {
  /** The statement that is sent for a text. */
  async function sent(text: string): Promise<string> {
    const texts: string[] = [];
    const recording = {
      query: <Row>(statement: { text: string }) => {
        texts.push(statement.text);
        return Promise.resolve<Row[]>([]);
      },
      transaction: () => Promise.reject(new TypeError('Transactions are not supported.')),
    };
    await inSchema(recording, 's').query({ text });
    return texts.join();
  }

  test.each([
    ['select * from users', 'select * from "s".users'],
    ['SELECT * FROM "users" u, entries', 'SELECT * FROM "s"."users" u, "s".entries'],
    [
      'insert into entries (id) select id from users',
      'insert into "s".entries (id) select id from "s".users',
    ],
    ['update users set role = $1', 'update "s".users set role = $1'],
    [
      'select 1 from balances for update of balances skip locked',
      'select 1 from "s".balances for update of balances skip locked',
    ],
    [
      'delete from sessions using users, entries e',
      'delete from "s".sessions using "s".users, "s".entries e',
    ],
    ['select users.id, entries from users', 'select users.id, entries from "s".users'],
    ["select 'from users' -- from users", "select 'from users' -- from users"],
    ['select $$from users$$ /* from users */', 'select $$from users$$ /* from users */'],
    ['select * from other.users', 'select * from other.users'],
    [
      'with entries as (select 1) select * from entries, users',
      'with entries as (select 1) select * from entries, "s".users',
    ],
    [
      'select (select 1 from users), entries from users',
      'select (select 1 from "s".users), entries from "s".users',
    ],
    ["select to_regclass('entries')", `select to_regclass('"s".entries')`],
  ])('%s', async (text, qualified) => {
    expect(await sent(text)).toBe(qualified);
  });

  test('include every table and function that the migrations create', async () => {
    await (await open('metered_chat')).close();
    const { rows } = await host.query<{ name: string }>(
      `select tablename::text as name from pg_tables where schemaname = 'metered_chat' and tablename <> 'migrations'
      union select proname::text from pg_proc where pronamespace = 'metered_chat'::regnamespace`,
    );
    expect([...tableNames()].sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});
