import { postgresApiKeyStore } from '../../../src/adapters/postgres/api-key-store.js';
import { postgresAuditLog } from '../../../src/adapters/postgres/audit-log.js';
import { postgresAuthTokenStore } from '../../../src/adapters/postgres/auth-token-store.js';
import { postgresChatLedger } from '../../../src/adapters/postgres/chat-ledger.js';
import { postgresConversationStore } from '../../../src/adapters/postgres/conversation-store.js';
import { postgresCreditLedger } from '../../../src/adapters/postgres/credit-ledger.js';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { postgresLedgerAudit } from '../../../src/adapters/postgres/ledger-audit.js';
import { postgresOneTimeTokenStore } from '../../../src/adapters/postgres/one-time-token-store.js';
import { postgresUserStore } from '../../../src/adapters/postgres/user-store.js';
import type { StoreHarness, Stores } from '../../contracts/store-harness.js';
import {
  embeddedTestDatabase,
  migrationsDirectory,
  postgresTestDatabase,
  type TestDatabase,
} from '../../setup/databases.js';

/** A store harness that lets its tests at the SQL. */
export interface SqlHarness extends StoreHarness {
  database: Database;
}

/** Both engines by their names, each opening a migrated database of its own. */
export const sqlEngines = {
  embedded: async () => sqlHarness(await embeddedTestDatabase()),
  postgres: async () => sqlHarness(await postgresTestDatabase()),
} as const;

/** The stores over a database. */
export function sqlStores(database: Database): Stores {
  return {
    userStore: postgresUserStore(database),
    oneTimeTokenStore: postgresOneTimeTokenStore(database),
    authTokenStore: postgresAuthTokenStore(database),
    apiKeyStore: postgresApiKeyStore(database),
    auditLog: postgresAuditLog(database),
    creditLedger: postgresCreditLedger(database),
    chatLedger: postgresChatLedger(database),
    conversationStore: postgresConversationStore(database),
    ledgerAudit: postgresLedgerAudit(database),
  };
}

async function sqlHarness({ database, drop }: TestDatabase): Promise<SqlHarness> {
  await database.migrate(migrationsDirectory);
  return {
    database,
    stores: sqlStores(database),
    advance: async (ms) => {
      for (const text of ageing) await database.query({ text, values: [ms] });
    },
    disable: async (userId) => {
      await database.query({ text: `update users set status = 'disabled' where id = $1`, values: [userId] });
    },
    close: drop,
  };
}

// The database's clock cannot be set, so its rows grow older instead.
const age = `$1::bigint * interval '1 millisecond'`;
const ageing = [
  `update exchanges set hold_deadline = hold_deadline - ${age}, created_at = created_at - ${age}`,
  `update auth_tokens set expires_at = expires_at - ${age}, consumed_at = consumed_at - ${age}`,
  `update sessions set created_at = created_at - ${age}, last_used_at = last_used_at - ${age}`,
  `update api_keys set expires_at = expires_at - ${age}, last_used_at = last_used_at - ${age}`,
];
