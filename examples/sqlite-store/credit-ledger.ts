import type { Database } from 'libsql';
import { maxCredits, type CreditLedger, type Entry } from 'metered-chat';
import { balanceOf, heldBy, moveBalance, openBalanceOf } from './exchange-rows.js';
import { atOnce, pageOf } from './transactions.js';

interface EntryRow {
  id: string;
  user_id: string;
  kind: Entry['kind'];
  amount: number;
  balance_after: number;
  exchange_id: string | null;
  reason: string | null;
  charge: string | null;
  created_ms: number;
}

type ChargeFacts = Pick<Entry, 'action' | 'units' | 'details'>;

/** What only the entry of a charge has. */
export const noCharge = { exchangeId: null, action: null, units: null, details: null } as const;

const claimedBy = 'select * from entries where user_id = ? and idempotency_key = ?';

export function sqliteCreditLedger(database: Database, nowMs: () => number): CreditLedger {
  return {
    balance: (userId) =>
      atOnce(database, () => {
        const balance = balanceOf(database, userId);
        return balance === undefined ? null : { balance, held: heldBy(database, userId) };
      }),
    post: ({ id, userId, kind, amount, reason, idempotencyKey = null }) =>
      atOnce(database, () => {
        if (!Number.isInteger(amount) || amount === 0)
          throw new TypeError('An amount is a whole number, not 0.');
        const balance = openBalanceOf(database, userId);
        if (balance === undefined) return { outcome: 'no_such_user' };
        const claimed = database.prepare(claimedBy).get(userId, idempotencyKey) as EntryRow | undefined;
        if (claimed !== undefined)
          return { outcome: 'key_claimed', entry: entryOf(claimed), lot: null, lotId: null };
        const available = maxCredits - heldBy(database, userId) - balance;
        if (amount > available || -amount > balance) return { outcome: 'out_of_range', balance };
        const balanceAfter = moveBalance(database, userId, amount);
        const facts = { id, userId, kind, amount, balanceAfter, reason };
        const entry: Entry = { ...facts, ...noCharge, createdAt: new Date(nowMs()) };
        appendEntry(database, entry, idempotencyKey);
        return { outcome: 'posted', entry };
      }),
    entries: (userId, { limit, before }) =>
      atOnce(database, () => {
        const read = `select * from entries where user_id = ? and id < coalesce(?, '~') order by id desc limit ?`;
        const rows = database.prepare(read).all(userId, before, limit + 1) as EntryRow[];
        return pageOf(rows.map(entryOf), limit);
      }),
  };
}

function entryOf(row: EntryRow): Entry {
  const { id, kind, amount, reason } = row;
  return {
    ...{ id, kind, amount, reason, userId: row.user_id, balanceAfter: row.balance_after },
    ...{ ...noCharge, ...(row.charge === null ? {} : (JSON.parse(row.charge) as ChargeFacts)) },
    ...{ exchangeId: row.exchange_id, createdAt: new Date(row.created_ms) },
  };
}

export function appendEntry(database: Database, entry: Entry, idempotencyKey: string | null = null): void {
  const { id, userId, kind, amount, balanceAfter, exchangeId, reason, createdAt } = entry;
  const { action, units, details } = entry;
  const charge = action === null ? null : JSON.stringify({ action, units, details });
  database
    .prepare('insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      ...[id, userId, kind, amount, balanceAfter, exchangeId, reason, createdAt.getTime(), idempotencyKey],
      charge,
    );
}
