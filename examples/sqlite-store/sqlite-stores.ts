// What a chat and its ledger need, in a file of SQLite, for accounts that a service of its own opens.

import type { Database } from 'libsql';
import type { Stores } from 'metered-chat';
import { sqliteChatLedger } from './chat-ledger.js';
import { sqliteConversationStore } from './conversation-store.js';
import { appendEntry, sqliteCreditLedger } from './credit-ledger.js';
import { sqliteLedgerAudit } from './ledger-audit.js';
import { schema } from './schema.js';
import { atOnce } from './transactions.js';

type ChatStores = Pick<Stores, 'chatLedger' | 'creditLedger' | 'conversationStore' | 'ledgerAudit'>;

export function sqliteStores(database: Database, nowMs: () => number = Date.now): ChatStores {
  database.exec(schema);
  return {
    chatLedger: sqliteChatLedger(database, nowMs),
    creditLedger: sqliteCreditLedger(database, nowMs),
    conversationStore: sqliteConversationStore(database),
    ledgerAudit: sqliteLedgerAudit(database, nowMs),
  };
}

/** Opens an account with what it is given to begin with. */
export function openAccount(
  database: Database,
  account: { userId: string; openingGrant: { entryId: string; amount: number } },
): Promise<void> {
  const { userId, openingGrant } = account;
  const { entryId: id, amount } = openingGrant;
  return atOnce(database, () => {
    database.prepare('insert into accounts values (?, ?)').run(userId, amount);
    if (amount === 0) return;
    const grant = { id, userId, kind: 'grant', amount, balanceAfter: amount } as const;
    appendEntry(database, { ...grant, exchangeId: null, reason: null, createdAt: new Date() });
  });
}
