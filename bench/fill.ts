import type pg from 'pg';

/** How many rows to insert. Chats and entries are spread evenly over the accounts. */
export interface RowCounts {
  accounts: number;
  chats: number;
  entries: number;
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

/** Fills a migrated database with accounts, chats and entries whose balances match, one statement per table, then analyses it. */
export async function fill(client: pg.Client, counts: RowCounts): Promise<void> {
  await client.query(helpers);
  await client.query(accounts, [counts.accounts]);
  await client.query(chats, [counts.chats]);
  await client.query(charges);
  await client.query(grants, [counts.entries - counts.chats]);
  await client.query(balances);
  await client.query('vacuum analyze');
}
