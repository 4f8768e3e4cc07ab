import { maxCredits, type Entry } from '../../domain/ledger/entry.js';
import { chatAction, type ChargeDetails } from '../../domain/metering/hold.js';
import type { Queryable } from './database.js';

/** A row of `entries`. */
export interface EntryRow {
  user_id: string;
  id: string;
  kind: Entry['kind'];
  amount: number;
  balance_after: number;
  exchange_id: string | null;
  reason: string | null;
  action: string | null;
  units: number | null;
  details: ChargeDetails | null;
  created_at: Date;
}

export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    amount: row.amount,
    balanceAfter: row.balance_after,
    exchangeId: row.exchange_id,
    reason: row.reason,
    action: row.kind === 'charge' ? (row.action ?? chatAction) : null,
    units: row.units,
    details: row.details,
    createdAt: row.created_at,
  };
}

// Runs with the balance locked: no hold begins or ends meanwhile, so that releasing a hold can never overflow.
const insert = `
  with moved as (
    update balances set balance = balance + $4
    where user_id = $1
      and balance + $4::bigint >= 0
      and $4::bigint::numeric + balance
        + (select coalesce(sum(held), 0) from exchanges where user_id = $1 and hold_state = 'open') <= ${maxCredits}
    returning balance
  )
  insert into entries (user_id, id, kind, amount, balance_after, reason, idempotency_key, lot_id)
  select $1, $2, $3, $4, balance, $5, $6, $7::uuid from moved
  returning user_id, id, kind, amount, balance_after, exchange_id, reason, action, units, details, created_at`;

/** An entry that moves credits, other than a charge. */
export interface NewEntry {
  id: string;
  kind: Exclude<Entry['kind'], 'charge'>;
  /** Credits, signed, not 0. */
  amount: number;
  reason: string | null;
  /** The lot from which a negative amount is taken first, or null. */
  lotId?: string | null;
  idempotencyKey?: string | null;
}

/**
 * Changes a locked balance, with its entry; not its lots. Returns null if the balance would be below zero, or above 2^53 − 1
 * together with the open holds.
 */
export async function insertEntry(
  within: Queryable,
  { userId }: { userId: string },
  { id, kind, amount, reason, lotId = null, idempotencyKey = null }: NewEntry,
): Promise<Entry | null> {
  const values = [userId, id, kind, amount, reason, idempotencyKey, lotId];
  const [row] = await within.query<EntryRow>({ text: insert, values });
  return row === undefined ? null : entryOf(row);
}
