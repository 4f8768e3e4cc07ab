import type { Database } from '../../../src/adapters/postgres/database.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import type { Stores } from '../../../src/ports/stores.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { emptyState, type MemoryState } from '../../../src/adapters/memory/state.js';
import { embeddedTestDatabase, postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';

export type EngineName = 'memory' | 'embedded' | 'postgres';

/** The stores of one kind, open and empty, and what tests have to see of them. */
export interface Engine {
  stores: Stores;
  /** Disables an account, as an administrator would. */
  disable(username: string): Promise<void>;
  /** Removes every administrator. */
  dismissAdmins(): Promise<void>;
  /** Makes every one-time auth token older. */
  ageOneTimeTokens(ms: number): Promise<void>;
  /** Makes every proof of an identity older. */
  ageProofs(ms: number): Promise<void>;
  /** Makes the expiries of an account's lots earlier. */
  ageLots(userId: string, ms: number): Promise<void>;
  /** The text of every statement so far; none in memory. */
  statements: string[];
  /** All that is stored, as text. */
  dump(): Promise<string>;
  close(): Promise<void>;
  /** Every secret that was accepted or given out. */
  secrets: Set<string>;
  /** Every line that was logged. */
  logLines: string[];
}

/** Opens empty stores. */
export async function openEngine(name: EngineName): Promise<Engine> {
  switch (name) {
    case 'memory':
      return memoryEngine(emptyState());
    case 'embedded':
      return sqlEngine(await embeddedTestDatabase({ isMigrated: true }));
    case 'postgres':
      return sqlEngine(await postgresTestDatabase({ isMigrated: true }));
  }
}

function memoryEngine(state: MemoryState): Engine {
  return {
    stores: memoryStores({ now: () => new Date() }, state),
    disable: (username) => {
      for (const [id, stored] of state.users) {
        if (stored.user.username !== username) continue;
        state.users.set(id, { ...stored, user: { ...stored.user, status: 'disabled' } });
      }
      return Promise.resolve();
    },
    dismissAdmins: () => {
      for (const [id, stored] of state.users) {
        state.users.set(id, { ...stored, user: { ...stored.user, role: 'user' } });
      }
      return Promise.resolve();
    },
    ageOneTimeTokens: (ms) => {
      for (const issued of state.oneTimeTokens.values()) {
        for (const stored of issued.values()) stored.expiresAtMs -= ms;
      }
      for (const change of [...state.emailChanges.values()].flat()) {
        for (const date of [change.tookEffectAt, change.cancellableUntil]) date?.setTime(date.getTime() - ms);
      }
      return Promise.resolve();
    },
    ageProofs: (ms) => {
      for (const sessions of state.sessions.values()) {
        for (const stored of sessions.values()) stored.provedAtMs &&= stored.provedAtMs - ms;
      }
      return Promise.resolve();
    },
    ageLots: (userId, ms) => {
      const earlier = (date: Date | null) => date && new Date(date.getTime() - ms);
      const account = state.accounts.get(userId);
      if (account === undefined) return Promise.resolve();
      for (const [id, lot] of account.lots) {
        account.lots.set(id, { ...lot, expiresAt: earlier(lot.expiresAt) });
      }
      account.dueAt = earlier(account.dueAt);
      return Promise.resolve();
    },
    statements: [],
    dump: () => Promise.resolve(JSON.stringify(state, showCollections)),
    close: () => Promise.resolve(),
    secrets: new Set(),
    logLines: [],
  };
}

function showCollections(name: string, value: unknown): unknown {
  // The events of all accounts, which the state has once.
  if (name === 'outbox') return undefined;
  return value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
}

function sqlEngine(opened: TestDatabase): Engine {
  const statements: string[] = [];
  const database = listing(opened.database, statements);
  return {
    stores: postgresStores(database),
    disable: async (username) => {
      const text = `update users set status = 'disabled' where username = $1`;
      await database.query({ text, values: [username] });
    },
    dismissAdmins: async () => {
      await database.query({ text: `update users set role = 'user' where role = 'admin'` });
    },
    ageOneTimeTokens: async (ms) => {
      const age = `$1::bigint * interval '1 millisecond'`;
      for (const text of [
        `update one_time_tokens set expires_at = expires_at - ${age}`,
        `update email_changes
          set took_effect_at = took_effect_at - ${age}, cancellable_until = cancellable_until - ${age}`,
      ])
        await database.query({ text, values: [ms] });
    },
    ageProofs: async (ms) => {
      const text = `update sessions set proved_at = proved_at - $1::bigint * interval '1 millisecond'`;
      await database.query({ text, values: [ms] });
    },
    ageLots: async (userId, ms) => {
      const age = `$2::bigint * interval '1 millisecond'`;
      for (const text of [
        `update lots set expires_at = expires_at - ${age} where user_id = $1`,
        `update balances set due_at = due_at - ${age} where user_id = $1`,
      ])
        await database.query({ text, values: [userId, ms] });
    },
    statements,
    dump: () => dumpTables(database),
    close: () => opened.drop(),
    secrets: new Set(),
    logLines: [],
  };
}

function listing(database: Database, statements: string[]): Database {
  return {
    ...database,
    query: (statement) => {
      statements.push(statement.text);
      return database.query(statement);
    },
  };
}

async function dumpTables(database: Database): Promise<string> {
  const tables = await database.query<{ name: string }>({
    text: `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  });
  const dumps: string[] = [];
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }>({ text: `select t::text as row from ${name} t` });
    dumps.push(`${name}:`, ...rows.map(({ row }) => row));
  }
  return dumps.join('\n');
}
