// The stores that chats and the ledger require, in an SQLite file, for a service that has its own users.

import type { Database } from 'libsql';
import type { Stores } from 'metered-chat';
import { sqliteAuditLog } from './audit-log.js';
import { sqliteHoldLedger } from './hold-ledger.js';
import { sqliteConversationStore } from './conversation-store.js';
import { sqliteCreditLedger } from './credit-ledger.js';
import { sqliteLedgerAudit } from './ledger-audit.js';
import { schema } from './schema.js';

type ChatStores = Pick<
  Stores,
  'holdLedger' | 'creditLedger' | 'conversationStore' | 'ledgerAudit' | 'auditLog'
>;

export function sqliteStores(database: Database, nowMs: () => number = Date.now): ChatStores {
  database.exec(schema);
  return {
    holdLedger: sqliteHoldLedger(database, nowMs),
    creditLedger: sqliteCreditLedger(database, nowMs),
    conversationStore: sqliteConversationStore(database),
    auditLog: sqliteAuditLog(database, nowMs),
    ledgerAudit: sqliteLedgerAudit(database, nowMs),
  };
}
