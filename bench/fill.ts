import type pg from 'pg';

/** How many rows to insert. Chats and entries are spread evenly over the accounts. */
export interface RowCounts {
  accounts: number;
  chats: number;
  entries: number;
  lotsPerAccount: number;
}

/** The accounts that exist before. All others have lots and a cap. */
export interface MeasuredAccounts {
  /** Neither lots nor caps. */
  plain: string;
  withLots: string;
  withCap: string;
}

const helpers = `
  create function bench_id(at_ms bigint, number bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(at_ms), 12, '0') || '7' || substr(md5(number::text), 1, 3) || '8' ||
      substr(md5(number::text), 4, 15))::uuid
  $$;
  create function bench_ms(number bigint) returns bigint language sql immutable as $$
    select 1700000000000 + number * 1000
  $$`;

const accounts = `
  insert into users (id, username, username_key, password_hash, role)
  select bench_id(bench_ms(n), n), 'grown_' || n, 'grown_' || n, '!', 'user' from generate_series(1, $1::bigint) as n`;

const numbered = `(select id, row_number() over (order by id) - 1 as position from users) as u`;

const chats = `
  insert into exchanges (user_id, id, model, message, reply, status, held, hold_state, hold_deadline, captured,
    balance_after, price_per_message, answered_by, finish_reason, created_at, ended_at)
  select u.id, bench_id(bench_ms(n), n), 'echo', 'What was said ' || n, 'Echo: what was said ' || n, 'completed', 100,
    'captured', to_timestamp(bench_ms(n) / 1000), 100, 1000000, 100, 'echo', 'stop', to_timestamp(bench_ms(n) / 1000),
    to_timestamp(bench_ms(n) / 1000)
  from generate_series(0, $1::bigint - 1) as n join ${numbered} on u.position = n % (select count(*) from users)`;

const charges = `
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id, created_at)
  select user_id, bench_id(bench_ms(n) , n + 1000000000), 'charge', -100, 1000000, id, created_at
  from (select *, row_number() over () as n from exchanges where status = 'completed') as charged`;

const grants = `
  insert into entries (user_id, id, kind, amount, balance_after, reason, created_at)
  select u.id, bench_id(bench_ms(n), n + 2000000000), 'grant', 1000, 1000000, 'growth', to_timestamp(bench_ms(n) / 1000)
  from generate_series(0, $1::bigint - 1) as n join ${numbered} on u.position = n % (select count(*) from users)`;

const balances = `
  insert into balances (user_id, balance) select user_id, sum(amount) from entries group by user_id
  on conflict (user_id) do update set balance = excluded.balance`;

const lots = `
  with accounts as (
    select user_id, sum(amount) filter (where amount > 0)::bigint as given, sum(amount)::bigint as balance
    from entries where user_id <> all($2::uuid[]) group by user_id
  ), numbered as (
    select user_id, given - balance as spent, n,
      given / $1 + case when n = $1 - 1 then given % $1 else 0 end as amount, (given / $1) * n as before
    from accounts cross join generate_series(0, $1::bigint - 1) as n
  )
  insert into lots (user_id, id, kind, amount, left_over, priority, expires_at)
  select user_id, gen_random_uuid(), 'grant', amount, amount - least(amount, greatest(0, spent - before)), 20,
    now() + interval '1 year' + n * interval '1 day'
  from numbered`;

const lotsTotals = `
  update balances b set lots_total = t.total, due_at = t.due_at
  from (
    select user_id, sum(left_over)::bigint as total, min(expires_at) filter (where left_over > 0) as due_at
    from lots group by user_id) as t
  where t.user_id = b.user_id`;

const caps = `
  insert into caps (user_id, id, scope, "window", "limit", set_by)
  select user_id, gen_random_uuid(), 'account', 'month', 1000000000000, 'administrator'
  from balances where user_id <> all($1::uuid[])`;

const capFlags = `update balances set has_caps = true where user_id in (select user_id from caps)`;

/**
 * Fills a migrated database with accounts, chats, entries, lots and caps that satisfy the invariants, one statement per
 * table, then analyses it.
 */
export async function fill(
  client: pg.Client,
  counts: RowCounts,
  { plain, withLots, withCap }: MeasuredAccounts,
): Promise<void> {
  await client.query(helpers);
  await client.query(accounts, [counts.accounts]);
  await client.query(chats, [counts.chats]);
  await client.query(charges);
  await client.query(grants, [counts.entries - counts.chats]);
  await client.query(balances);
  await client.query(lots, [counts.lotsPerAccount, [plain, withCap]]);
  await client.query(lotsTotals);
  await client.query(caps, [[plain, withLots]]);
  await client.query(capFlags);
  await client.query('vacuum analyze');
}
