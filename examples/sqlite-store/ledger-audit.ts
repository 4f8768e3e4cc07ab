import type { Database } from 'libsql';
import type { LedgerAudit, LedgerAuditReport } from 'metered-chat';
import { atOnce } from './transactions.js';

const open = `(select coalesce(sum(held), 0) from exchanges x where x.user_id = a.user_id and hold_state = 'open')`;

/** Counts the rows that break each invariant. */
const counts: Record<keyof LedgerAuditReport['broken'], string> = {
  balances_match_entries: `select count(*) as found from accounts a where balance + ${open}
    <> (select coalesce(sum(amount), 0) from entries e where e.user_id = a.user_id)`,
  no_negative_balance: 'select count(*) as found from accounts where balance < 0',
  holds_end_once: `select count(*) as found from exchanges x where (hold_state = 'captured') <> (captured is not null)
    or (hold_state = 'captured') <> exists (select 1 from entries e where e.exchange_id = x.id)
    or (hold_state = 'open') <> (facts ->> 'status' = 'pending')`,
  captures_within_holds:
    'select count(*) as found from exchanges where captured not between 0 and held + taken',
  charges_match_replies: `select count(*) as found from exchanges x
    left join entries e on e.exchange_id = x.id
    where (captured is not null and (facts ->> 'reply' is null or e.amount is not -captured))
    or (facts ->> 'status' = 'completed' and e.id is null)`,
  entries_append_only: `select 2 - count(*) as found from sqlite_master
    where type = 'trigger' and name in ('entries_not_updated', 'entries_not_deleted')`,
  idempotency_keys_unique: `select count(*) as found from (select 1 from exchanges
    where idempotency_key is not null group by user_id, idempotency_key having count(*) > 1)`,
  // This store has no caps.
  caps_match_exchanges: 'select 0 as found',
  credits_conserved: `select count(*) as found from accounts a where balance + ${open}
    + (select coalesce(sum(captured), 0) from exchanges x where x.user_id = a.user_id)
    <> (select coalesce(sum(amount), 0) from entries e where e.user_id = a.user_id and kind <> 'charge')`,
  // This store keeps no lots: nothing expires, and there are no allowances.
  lots_match_balances: 'select 0 as found',
  lots_end_in_time: 'select 0 as found',
  allowances_given_once: 'select 0 as found',
  // This store has no vouchers, and no orders.
  vouchers_redeemed_once: 'select 0 as found',
  payments_credited_once: 'select 0 as found',
};

export function sqliteLedgerAudit(database: Database, nowMs: () => number): LedgerAudit {
  const count = (sql: string, ...values: number[]) =>
    (database.prepare(sql).get(...values) as { found: number }).found;
  const overdue = `select count(*) as found from exchanges where hold_state = 'open' and deadline_ms <= ?`;
  const open = `select count(*) as found from exchanges where hold_state = 'open'`;
  return {
    openHolds: () => atOnce(database, () => ({ open: count(open), overdue: count(overdue, nowMs()) })),
    inspect: () =>
      atOnce(database, () => {
        const broken = Object.entries(counts).map(([name, sql]) => [name, count(sql)]);
        return {
          broken: Object.fromEntries(broken) as LedgerAuditReport['broken'],
          overdueHolds: count(overdue, nowMs()),
        };
      }),
  };
}
