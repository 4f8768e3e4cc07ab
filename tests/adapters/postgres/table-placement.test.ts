import { afterAll, beforeAll, expect, test } from 'vitest';
import { tablePlacements } from '../../../src/adapters/postgres/table-placement.js';
import { distribute } from '../../../src/adapters/postgres/distribute.js';
import { distributeCommand } from '../../../src/cli/distribute.js';
import { embeddedTestDatabase, postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';

let opened: TestDatabase;

beforeAll(async () => {
  opened = await postgresTestDatabase({ isMigrated: true });
});
afterAll(() => opened.drop());

const distributed = Object.entries(tablePlacements).flatMap(([table, placement]) =>
  placement.kind === 'distributed' ? [{ table, column: placement.column }] : [],
);

test('every table of the migrations has a place on Citus, and no other has one', async () => {
  const rows = await opened.database.query<{ name: string }>({
    text: `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  });
  expect(Object.keys(tablePlacements).sort()).toEqual(rows.map(({ name }) => name).sort());
});

test('every unique index of a distributed table has the column by which it is distributed, except the two that are replaced', async () => {
  const rows = await opened.database.query<{ table: string; index: string; columns: string[] }>({
    text: `
      select t.relname::text as table, i.relname::text as index, array(
        select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey)) as columns
      from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      where t.relnamespace = 'public'::regnamespace and x.indisunique`,
  });
  const columnOf = new Map(distributed.map(({ table, column }) => [table, column]));
  const without = rows.filter(({ table, columns }) => {
    const column = columnOf.get(table);
    return column !== undefined && !columns.includes(column);
  });
  expect(without.map(({ index }) => index).sort()).toEqual([
    'auth_tokens_imported_digest',
    'webhook_deliveries_pkey',
  ]);
});

test('a table is distributed after those that it references, which are of the same account or on every node', async () => {
  const rows = await opened.database.query<{ table: string; referenced: string; columns: string[] }>({
    text: `
      select t.relname::text as table, r.relname::text as referenced, array(
        select a.attname::text from pg_attribute a where a.attrelid = t.oid and a.attnum = any(c.conkey)) as columns
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid
      where c.contype = 'f' and t.relnamespace = 'public'::regnamespace`,
  });
  expect(rows.length).toBeGreaterThan(8);
  const names = Object.keys(tablePlacements);
  for (const { table, referenced, columns } of rows) {
    expect({ table, isAfter: names.indexOf(table) > names.indexOf(referenced) }).toEqual({
      table,
      isAfter: true,
    });
    const isReference = tablePlacements[referenced]?.kind === 'reference';
    expect({ table, isNear: isReference || columns.includes('user_id') }).toEqual({ table, isNear: true });
  }
});

test('a PostgreSQL without Citus is not distributed, and says what to do', async () => {
  await expect(distribute(opened.database)).rejects.toThrow(
    'The PostgreSQL of DATABASE_URL has no Citus. Run on it and on each worker, as a superuser: create extension citus;',
  );
});

test('the embedded database is not distributed', async () => {
  const embedded = await embeddedTestDatabase({ isMigrated: true });
  try {
    await expect(distribute(embedded.database)).rejects.toThrow(
      'The embedded database cannot be distributed',
    );
  } finally {
    await embedded.drop();
  }
});

test.each([[['--dry']], [['--dry-run', 'now']]])('distribute %j is wrong usage', async (args) => {
  expect(await distributeCommand.runOn(opened.database, args)).toEqual({
    exitCode: 2,
    lines: ['Usage: npm run distribute -- [--dry-run]'],
  });
});
