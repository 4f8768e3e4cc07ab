import type { Database } from '../../../src/adapters/postgres/database.js';
import { embeddedTestDatabase, postgresAt, postgresTestDatabase } from '../../setup/databases.js';
import type { ClockedHarness } from '../clocked-harness.js';
import { sqlHarness } from './sql-harness.js';

/** Both engines by name. Each opens a new migrated database with a clock that the test sets. */
export const clockedSqlEngines = {
  embedded: async () => {
    const { database, drop } = await embeddedTestDatabase({ isMigrated: true });
    await replaceClock(database);
    // There is one connection.
    await database.query({ text: `set search_path to ${searchPath}` });
    return clockedHarness(database, drop);
  },
  postgres: async () => {
    const { database: first, url, drop } = await postgresTestDatabase({ isMigrated: true });
    await replaceClock(first);
    await first.query({
      text: `alter database ${new URL(url).pathname.slice(1)} set search_path to ${searchPath}`,
    });
    const database = postgresAt(url);
    return clockedHarness(database, async () => {
      await database.close();
      await drop();
    });
  },
} as const;

/** Functions of the schema `test_clock` hide those of PostgreSQL with the same name. */
const searchPath = 'test_clock, pg_catalog, public';

const firstMoment = '2030-01-01T00:00:00Z';

async function replaceClock(database: Database): Promise<void> {
  const script = [
    'create schema test_clock',
    'create table test_clock.present (moment timestamptz not null)',
    `insert into test_clock.present values ('${firstMoment}')`,
    ...['now', 'clock_timestamp'].map(
      (name) => `create function test_clock.${name}() returns timestamptz stable language sql
        as $$ select moment from test_clock.present $$`,
    ),
    // Defaults were bound to the functions of PostgreSQL when the tables were created.
    `do $$
      declare it record;
      begin
        for it in select table_name, column_name from information_schema.columns
          where table_schema = 'public' and column_default = 'now()'
        loop
          execute format('alter table public.%I alter %I set default test_clock.now()', it.table_name, it.column_name);
        end loop;
      end $$`,
  ];
  for (const text of script) await database.query({ text });
}

function clockedHarness(database: Database, drop: () => Promise<void>): ClockedHarness {
  let nowMs = Date.parse(firstMoment);
  return {
    ...sqlHarness({ database, drop }),
    nowMs: () => nowMs,
    advance: async (ms) => {
      nowMs += ms;
      const values = [new Date(nowMs).toISOString()];
      await database.query({ text: 'update test_clock.present set moment = $1::timestamptz', values });
    },
  };
}
