import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import * as vitest from 'vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { poolDatabase } from '../../../src/adapters/postgres/pg-database.js';
import { databaseOfPglite } from '../../../src/adapters/postgres/pglite-database.js';
import { accountImporterContract } from '../../../src/testing/account-importer.contract.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import { oneTimeTokenStoreContract } from '../../../src/testing/one-time-token-store.contract.js';
import { chosenSeed } from '../../seed.js';
import { postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';
import { sqlHarness, type SqlHarness } from './sql-harness.js';

// The embedding program has its own parsers and serializers for every type, and another search_path.

/** What the parsers of the host return. */
export const foreign = () => 'parsed by the host';
const typeOids = Object.values(pg.types.builtins);
const arrayOids = [1000, 1005, 1007, 1009, 1015, 1016, 1021, 1022, 1028, 1115, 1185, 1231, 199, 2951, 3807];
const foreignParsers = Object.fromEntries([...typeOids, ...arrayOids].map((oid) => [oid, foreign]));

const setTypeParser = pg.types.setTypeParser as (oid: number, ...rest: unknown[]) => void;
const getTypeParser = pg.types.getTypeParser as (oid: number, format: string) => unknown;

/** The parsers of the process before this file; other files share the process. */
const previousParsers = [...typeOids, ...arrayOids].flatMap((oid) =>
  ['text', 'binary'].map((format) => ({ oid, format, parser: getTypeParser(oid, format) })),
);

const schema = 'metered-chat';
/** Tables of the host with the names of ours, which are neither read nor changed. */
const hostTables = `
  create table public.users (name text); insert into public.users values ('of the host');
  create table public.sessions (name text); insert into public.sessions values ('of the host');
  create table public.migrations (name text); insert into public.migrations values ('of the host')`;
/** A search_path without our tables. */
const hostSettings = '-c search_path=nowhere';

/** A host's pool, with an installation. */
export async function hostPool(options = hostSettings): Promise<TestDatabase & { pool: pg.Pool }> {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const types = { getTypeParser: () => foreign };
  const pool = new pg.Pool({ connectionString: url, max: 40, types, options });
  const database = poolDatabase(pool, { schema });
  await database.migrate(migrationsDirectory);
  return {
    pool,
    database,
    drop: async () => {
      await pool.end();
      await drop();
    },
  };
}

/** One database for two installations, beside tables of the host. */
let shared: ReturnType<typeof hostPool> | null = null;
let openInstallations = 0;

/** An installation in a schema of the shared database. */
async function installation(inSchema: string): Promise<SqlHarness> {
  openInstallations += 1;
  shared ??= hostPool().then(async (opened) => {
    await opened.pool.query(hostTables);
    return opened;
  });
  const { pool, drop } = await shared;
  const database = poolDatabase(pool, { schema: inSchema });
  await database.migrate(migrationsDirectory);
  const close = async () => {
    for (const table of ['users', 'sessions', 'migrations']) {
      const rows = await database.query({ text: `select name from public.${table}` });
      expect(rows).toEqual([{ name: 'of the host' }]);
    }
    openInstallations -= 1;
    if (openInstallations > 0) return;
    shared = null;
    await drop();
  };
  return sqlHarness({ database, drop: close });
}

/** A host's PGlite, with an installation. */
export async function hostPglite(): Promise<TestDatabase & { pglite: PGlite }> {
  const pglite = await PGlite.create({
    parsers: foreignParsers,
    serializers: Object.fromEntries(Object.keys(foreignParsers).map((oid) => [oid, foreign])),
  });
  await pglite.exec('set search_path to nowhere');
  const database = databaseOfPglite(pglite, { schema });
  await database.migrate(migrationsDirectory);
  return { pglite, database, drop: () => pglite.close() };
}

const hosts = {
  "a host's pool": () => installation(schema),
  "a host's pool, another schema": () => installation('metered_chat_2'),
  "a host's PGlite": async () => sqlHarness(await hostPglite()),
} satisfies Record<string, () => Promise<SqlHarness>>;

/** The contracts of the stores on the database of an embedding program. */
export function storesOfHost(name: keyof typeof hosts): void {
  const open = hosts[name];
  beforeAll(() => {
    for (const { oid, format } of previousParsers) setTypeParser(oid, format, foreign);
  });
  afterAll(() => {
    for (const { oid, format, parser } of previousParsers) setTypeParser(oid, format, parser);
  });
  everyStoreContract(vitest, name, open, chosenSeed());
  describe(`other stores of ${name}`, () => {
    let harness: SqlHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());
    const byUsername = () =>
      Promise.resolve({
        ...harness,
        disable: async (username: string) => {
          const text = `update users set status = 'disabled' where username = $1`;
          await harness.database.query({ text, values: [username] });
        },
        ageOneTimeTokens: async (ms: number) => {
          const text = `update one_time_tokens set expires_at = expires_at - $1::bigint * interval '1 millisecond'`;
          await harness.database.query({ text, values: [ms] });
        },
        close: () => Promise.resolve(),
      });
    oneTimeTokenStoreContract(vitest, name, byUsername);
    accountImporterContract(vitest, name, byUsername);
  });
}
