import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusedByCitus } from './refused-by-citus.js';

// Each was refused by Citus 13.2.2, or deadlocked there.
test.each([
  ['update orders set paid_at = clock_timestamp() where user_id = $1', 'a volatile function in a change'],
  [
    'update balances set due_at = case when keeps_expired then least(due_at, now()) end where user_id = $1',
    'a function that is not immutable in CASE or COALESCE of a change',
  ],
  [
    `update cap_counters set window_start = window_start - $1::bigint * interval '1 millisecond' where user_id = $2`,
    'an interval added to a column in a change',
  ],
  [
    `with locked as (select ctid as row_id from balances where user_id = $1 for update)
      update balances set balance = 0 where user_id = $1 and balances.ctid = (select row_id from locked)`,
    'ctid in the condition of a change',
  ],
  [
    'insert into known_networks (user_id, digest) values ($1, $2) on conflict (user_id, digest) do update set used_at = now()',
    'a function that is not immutable in ON CONFLICT',
  ],
  [
    `with changed as (insert into lots (user_id, id) values ($1, $2) returning user_id, id)
      insert into lot_changes (user_id, lot_id, changed_at) select user_id, id, clock_timestamp() from changed`,
    'an insert with a volatile function that reads a changing part',
  ],
  [
    `with claim as (update balances set balance = 0 where user_id = $1 returning balance)
      insert into exchanges (user_id, id) select $1, $2 from claim returning (select balance from claim)`,
    'a changing part read by RETURNING',
  ],
  [
    'insert into webhook_endpoints (id) select $1 where (select count(*) from webhook_endpoints) < $2 returning id',
    'an insert into a reference table that reads it',
  ],
  [
    `with consumed as (delete from one_time_tokens where user_id = $1 returning user_id)
      update users u set email_verified = true from consumed c where u.id = c.user_id`,
    'a reference table changed by what a distributed table has',
  ],
  [
    'delete from sessions where (user_id, id) in (select user_id, id from sessions for update skip locked)',
    'SKIP LOCKED',
  ],
  [
    `insert into sessions (user_id, id) select id, $2 from users where id = $1 for share`,
    'a shared lock of a reference table: a deadlock among strangers',
  ],
  [
    `with locked as (select user_id from balances where user_id = $1 for update)
      select c.id from conversations c, locked where c.user_id = $1 for update of c`,
    'a lock of a join with a locking part',
  ],
  [
    'select b.balance, (select max(created_at) from audit_events where user_id = b.user_id) from balances b',
    'a table of the coordinator joined with a distributed one',
  ],
])('Citus refuses: %s', async (text, reason) => {
  expect(await refusedByCitus(text)).toEqual([reason]);
});

test.each([
  'update balances set balance = balance - $2 where user_id = $1 and due_at > now()',
  `update orders set paid_at = moment.now from (select clock_timestamp() as now) as moment where user_id = $1`,
  'insert into audit_events (id) values ($1) on conflict (id) do update set created_at = now()',
  'select * from (select id from order_facts union all select id from refused_payment_events) as found',
  'select v.id, u.username from audit_events v left join users u on u.id = v.user_id',
])('Citus takes: %s', async (text) => {
  expect(await refusedByCitus(text)).toEqual([]);
});

/** Statements that are not sent to a distributed database: those for several users. */
const batches = ['reserve.ts', 'settle-statements.ts'];

test('rows that are locked are skipped only by batches, and by statements that do without on Citus', () => {
  const folder = new URL('../../../src/adapters/postgres/', import.meta.url).pathname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const skipping = files.filter((file) =>
    /skip locked['`)\s]/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(skipping.sort()).toEqual([...batches, 'row-locks.ts'].sort());
});
