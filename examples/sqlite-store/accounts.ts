import type { Database } from 'libsql';
import { appendEntry, noCharge } from './credit-ledger.js';
import { blankTexts, giveBack, type ExchangeRow } from './exchange-rows.js';
import { atOnce } from './transactions.js';

/** Creates an account with its opening grant. */
export function openAccount(
  database: Database,
  account: { userId: string; openingGrant: { entryId: string; amount: number } },
): Promise<void> {
  const { userId, openingGrant } = account;
  const { entryId: id, amount } = openingGrant;
  return atOnce(database, () => {
    database.prepare('insert into accounts values (?, ?, null)').run(userId, amount);
    if (amount === 0) return;
    const grant = { id, userId, kind: 'grant', amount, balanceAfter: amount } as const;
    appendEntry(database, { ...grant, ...noCharge, reason: null, createdAt: new Date() });
  });
}

/** Erases an account and its texts; its ledger stays. */
export function eraseAccount(database: Database, userId: string): Promise<void> {
  return atOnce(database, () => {
    database.prepare('update accounts set closed_ms = ? where user_id = ?').run(Date.now(), userId);
    database.prepare('delete from conversations where user_id = ?').run(userId);
    const read = 'select * from exchanges where user_id = ?';
    for (const row of database.prepare(read).all(userId) as ExchangeRow[]) {
      if (row.hold_state === 'open') {
        giveBack(database, row, { holdState: 'released', status: 'failed', failure: null });
      }
    }
    for (const row of database.prepare(read).all(userId) as ExchangeRow[]) blankTexts(database, row);
    const blank =
      'update audit_events set address = null, user_agent = null where user_id = ? or actor_id = ?';
    database.prepare(blank).run(userId, userId);
    database.prepare('update audit_events set details = null where user_id = ?').run(userId);
  });
}
