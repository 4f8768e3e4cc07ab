import type { InvariantName, OpenHolds } from '../../domain/ledger/invariants.js';
import type { LedgerAudit } from '../../ports/ledger-audit.js';
import type { Database } from './database.js';
import { onlyRow } from './read-rows.js';

const entrySums = `select user_id, sum(amount) as total from entries group by user_id`;
const openHolds = `select user_id, sum(held) as total from exchanges where hold_state = 'open' group by user_id`;
const chargesOfExchanges = `
  select user_id, exchange_id, count(*) as charges from entries
  where exchange_id is not null group by user_id, exchange_id`;

const lotSums = `
  select user_id, sum(amount) as total, sum(left_over) as rest from lots group by user_id`;
const addedSums = `
  select user_id, sum(amount) as total from entries where kind <> 'charge' and amount > 0 group by user_id`;

const moneyOfOrders = `
  select user_id, order_id, count(*) filter (where kind = 'paid' and problem is null) as payments,
    sum(amount) filter (where kind in ('refunded', 'dispute_lost') and (problem is null or problem = 'account_erased'))
      as paid_back,
    sum(amount) filter (where kind in ('refunded', 'dispute_lost') and problem is null) as taken_back,
    sum(credits) filter (where kind <> 'paid') as credits,
    sum(bonus_credits) filter (where kind <> 'paid') as bonus_credits
  from order_facts group by user_id, order_id`;

/** The part of an order's credits that goes back with the money, rounded down. */
function shareOf(credits: 'credits' | 'bonusCredits'): string {
  return `div((o.package->>'${credits}')::numeric * least(o.price, coalesce(f.taken_back, 0)), o.price)`;
}

/** Counts the rows that break each invariant. All are part of one statement, and so read one snapshot. */
const brokenRows: Record<InvariantName, string> = {
  balances_match_entries: `
    select count(*) from balances b
    full join (${entrySums}) e using (user_id)
    full join (${openHolds}) h using (user_id)
    where coalesce(b.balance, 0) <> coalesce(e.total, 0) - coalesce(h.total, 0)`,
  no_negative_balance: `select count(*) from balances where balance < 0`,
  holds_end_once: `
    select count(*) from exchanges x
    left join (${chargesOfExchanges}) c on c.user_id = x.user_id and c.exchange_id = x.id
    where x.hold_state not in ('open', 'captured', 'released', 'expired', 'none')
      or (x.hold_state = 'none') <> (x.status = 'imported')
      or (x.hold_state = 'none' and x.held <> 0)
      or (x.hold_state = 'open') <> (x.ended_at is null)
      or (x.hold_state = 'open') <> (x.status = 'pending')
      or (x.hold_state = 'captured') <> (x.captured is not null)
      or coalesce(c.charges, 0) <> (x.hold_state = 'captured')::int`,
  captures_within_holds: `
    select count(*) from exchanges
    where captured < 0 or captured > held + taken or taken < 0 or uncollected < 0
      or (taken > 0 or uncollected > 0) and captured is distinct from held + taken`,
  charges_match_replies: `
    select
      (select count(*) from entries e
        left join exchanges x on x.user_id = e.user_id and x.id = e.exchange_id and x.captured = -e.amount
        where e.kind = 'charge' and x.reply is null)
      + (select count(*) from exchanges x
        left join entries e on e.user_id = x.user_id and e.exchange_id = x.id and e.kind = 'charge'
        where x.status = 'completed' and (e.id is null or x.reply is null))`,
  // The bits of `tgtype`: 1 for each row, 2 before, 8 delete, 16 update, 32 truncate.
  entries_append_only: `
    select count(*) from (values (16), (8), (32)) as refused (operation)
    where not exists (
      select 1 from pg_trigger t join pg_proc f on f.oid = t.tgfoid
      where t.tgrelid = to_regclass('entries') and t.tgfoid = to_regproc('refuse_ledger_change')
        and f.prosrc ~ '^\\s*begin\\s+raise exception'
        and t.tgenabled = 'A' and t.tgqual is null and t.tgattr::text = ''
        and t.tgtype & refused.operation <> 0 and t.tgtype & 3 = 2)`,
  idempotency_keys_unique: `
    select count(*) from (
      select 1 from exchanges where idempotency_key is not null
      group by user_id, idempotency_key having count(*) > 1) as repeated`,
  credits_conserved: `
    select ((select coalesce(sum(amount), 0) from entries where kind <> 'charge')
      <> (select coalesce(sum(balance), 0) from balances)
        + (select coalesce(sum(held), 0) from exchanges where hold_state = 'open')
        + (select coalesce(sum(captured), 0) from exchanges))::int`,
  // What was spent since the last update is still in the lots, and what an older server added is in none.
  lots_match_balances: `
    select count(*) from balances b
    left join (${lotSums}) l using (user_id)
    left join (${addedSums}) a using (user_id)
    left join (${openHolds}) h using (user_id)
    where case when b.lots_total is null then l.user_id is not null
      else b.lots_total <> coalesce(l.rest, 0)
        or coalesce(l.total, 0) > coalesce(a.total, 0)
        or b.balance + coalesce(h.total, 0) > b.lots_total + coalesce(a.total, 0) - coalesce(l.total, 0) end`,
  lots_end_in_time: `
    select count(*) from lots l
    where left_over < 0 or left_over > amount
      or left_over > 0 and expires_at <= now() - interval '2 minutes' and left_over > (
        select coalesce(sum(x.held), 0) from hold_lots u
        join exchanges x on x.user_id = u.user_id and x.id = u.hold_id
        where u.user_id = l.user_id and u.lot_id = l.id
          and (x.hold_state = 'open' or x.ended_at > now() - interval '2 minutes'))`,
  allowances_given_once: `
    select
      (select count(*) from (
        select 1 from lots where period is not null group by user_id, period having count(*) > 1) as repeated)
      + (select count(*) from entries e
        left join lots l on l.user_id = e.user_id and l.id = e.id and l.period is not null
        where e.kind = 'allowance' and l.id is null)`,
  vouchers_redeemed_once: `
    select
      (select count(*) from (
        select 1 from voucher_redemptions group by user_id, digest having count(*) > 1) as repeated)
      + (select count(*) from vouchers v
        full join (select digest, count(*) as uses from voucher_redemptions group by digest) r using (digest)
        where v.redemptions is distinct from coalesce(r.uses, 0) or v.redemptions > v.max_redemptions)
      + (select count(*) from voucher_redemptions r
        left join entries e on e.user_id = r.user_id and e.id = r.entry_id and e.kind = 'voucher'
        where e.amount is distinct from r.credits)`,
  // Nothing is counted for an account without `has_caps`.
  caps_match_exchanges: `
    select
      (select count(*) from cap_counters c left join balances b on b.user_id = c.user_id
        where b.has_caps is not true or c.counted <> (
          select coalesce(sum(case when x.hold_state = 'open' then x.held else x.captured end), 0) from exchanges x
          where x.user_id = c.user_id and x.created_at >= c.window_start
            and (c.window_end is null or x.created_at < c.window_end)
            and (c.key_id is null or x.key_id = c.key_id) and (c.model is null or x.model = c.model)))
      + (select count(*) from caps c left join balances b on b.user_id = c.user_id where b.has_caps is not true)`,
  // The accounts of a host program can have entries of these kinds without an order.
  payments_credited_once: `
    select
      (select count(*) from orders o
        left join (${moneyOfOrders}) f on f.user_id = o.user_id and f.order_id = o.id
        left join entries p on p.user_id = o.user_id and p.id = o.lot_id and p.kind = 'purchase'
        left join entries g on g.user_id = o.user_id and g.id = o.bonus_lot_id and g.kind = 'grant'
        where coalesce(f.payments, 0) <> (o.paid_at is not null)::int
          or o.refunded <> least(o.price, coalesce(f.paid_back, 0))
          or o.paid_at is not null and (p.amount is distinct from (o.package->>'credits')::bigint
            or coalesce(g.amount, 0) <> (o.package->>'bonusCredits')::bigint)
          or coalesce(f.credits, 0) <> ${shareOf('credits')}
          or coalesce(f.bonus_credits, 0) <> ${shareOf('bonusCredits')})
      + (select count(*) from order_facts f
        left join entries e on e.user_id = f.user_id and e.id = f.entry_id and e.kind = 'refund'
        where f.kind <> 'paid' and (f.credits + f.bonus_credits <> f.taken + f.expired + f.debt
          or f.taken <> coalesce(-e.amount, 0)))
      + (select count(*) from entries e
        where e.kind in ('purchase', 'refund') and e.user_id in (select user_id from orders)
          and not exists (select 1 from order_facts f where f.user_id = e.user_id and f.entry_id = e.id))
      + (select count(*) from balances b
        left join (select user_id, sum(debt) as total from order_facts group by user_id) f using (user_id)
        left join (select user_id, sum(amount) as total from entries where kind = 'debt' group by user_id) d
          using (user_id)
        where (b.debt > 0 or f.total > 0) and b.debt <> coalesce(f.total, 0) + coalesce(d.total, 0))`,
};

const overdueHolds = `select count(*) from exchanges where hold_state = 'open' and hold_deadline <= now()`;

const openHoldCounts = `
  select count(*) as open, count(*) filter (where hold_deadline <= now()) as overdue
  from exchanges where hold_state = 'open'`;

const names = Object.keys(brokenRows) as InvariantName[];
const counts = names.map((name) => `(${brokenRows[name]})::bigint as ${name}`);
const inspect = `select ${counts.join(', ')}, (${overdueHolds})::bigint as overdue_holds`;

/** Checks the ledger in PostgreSQL, in one statement and so in one snapshot. */
export function postgresLedgerAudit(database: Database): LedgerAudit {
  return {
    async inspect() {
      const rows = await database.query<Record<InvariantName | 'overdue_holds', number>>({ text: inspect });
      const { overdue_holds, ...broken } = onlyRow(rows);
      return { broken, overdueHolds: overdue_holds };
    },
    async openHolds() {
      return onlyRow(await database.query<OpenHolds>({ text: openHoldCounts }));
    },
  };
}
