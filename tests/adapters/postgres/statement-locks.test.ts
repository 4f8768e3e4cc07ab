import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExchangeReference } from '../../../src/ports/hold-ledger.js';
import {
  createAccount,
  expectSound,
  newId,
  newUser,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { postgresTestDatabase } from '../../setup/databases.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';

// Not for the embedded database, which runs one statement at a time, so that none waits for a lock.

const pausingMessage = 'pause before the insert';
const pauseLock = 4711;
// Pauses a reservation after it has locked the balance, before it inserts the exchange.
const pause = `
  create function pause() returns trigger language plpgsql as $$
  begin
    if new.message = '${pausingMessage}' then
      perform pg_advisory_lock_shared(${pauseLock});
      perform pg_advisory_unlock_shared(${pauseLock});
    end if;
    return new;
  end
  $$;
  create trigger pause before insert on exchanges for each row execute function pause();`;
const insertExchange = `
  insert into exchanges (user_id, id, model, message, held, hold_deadline, idempotency_key)
  values ($1, $2, 'echo', 'Hello', 100, now() + interval '1 hour', 'k')`;

const opened = await postgresTestDatabase({ isMigrated: true });
const stores = postgresStores(opened.database);
const [first, second] = [1, 2].map(() => new pg.Client({ connectionString: opened.url }));

beforeAll(async () => {
  await Promise.all([first?.connect(), second?.connect()]);
  await first?.query(pause);
});

afterAll(async () => {
  await Promise.all([first?.end(), second?.end()]);
  await opened.drop();
});

/** Resolves when a statement waits for the lock of the trigger, or for another transaction. */
async function waitsFor(event: 'advisory' | 'transactionid'): Promise<void> {
  const text = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = $1`;
  for (;;) {
    const rows = await opened.database.query({ text, values: [event] });
    if (rows.length === 1) return;
  }
}

/** Starts statements on one account, and lets them continue once all of them wait. */
async function runConcurrently<Outcome>(
  userId: string,
  statements: (() => Promise<Outcome>)[],
): Promise<Outcome[]> {
  await first?.query('begin');
  await first?.query('select 1 from balances where user_id = $1 for update', [userId]);
  await first?.query('select 1 from exchanges where user_id = $1 for update', [userId]);
  const outcomes = Promise.all(statements.map((statement) => statement()));
  await untilWaiting(statements.length);
  await first?.query('rollback');
  return outcomes;
}

/** Resolves when `count` statements wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const text = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const rows = await opened.database.query({ text });
    if (rows.length === count) return;
  }
}

function countOf(outcomes: { outcome: string }[], wanted: string): number {
  return outcomes.filter(({ outcome }) => outcome === wanted).length;
}

test('of ten concurrent reservations on a balance for three, three succeed', async () => {
  const userId = await createAccount(stores, 399);
  const reserve = () => stores.holdLedger.reserve(reserveRequest(userId));
  const outcomes = await runConcurrently(userId, Array<typeof reserve>(10).fill(reserve));
  expect(countOf(outcomes, 'reserved')).toBe(3);
  expect(countOf(outcomes, 'insufficient')).toBe(7);
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 99, held: 300 });
  await expectSound(stores);
});

test('of ten concurrent reservations with one idempotency key, one succeeds', async () => {
  const userId = await createAccount(stores, 10_000);
  const reserve = () => stores.holdLedger.reserve(reserveRequest(userId, { idempotencyKey: 'k' }));
  const outcomes = await runConcurrently(userId, Array<typeof reserve>(10).fill(reserve));
  expect(countOf(outcomes, 'reserved')).toBe(1);
  expect(countOf(outcomes, 'key_claimed')).toBe(9);
  await expectSound(stores);
});

test.each([{ capture: 100 }, { capture: 40 }])(
  'of nine concurrent attempts to end a hold, one succeeds (charge of $capture of 100)',
  async ({ capture }) => {
    await stores.holdLedger.expireHolds({ everyOpen: true });
    const userId = await createAccount(stores, 1000);
    const exchange = await openHold(stores, userId);
    const settle = () => stores.holdLedger.settle(settlementOf(exchange, capture));
    const release = () => stores.holdLedger.release(releaseOf(exchange));
    const expire = async () => {
      const ended = await stores.holdLedger.expireHolds({ everyOpen: true });
      return { outcome: ended === 1 ? 'expired' : 'already_final' };
    };
    const outcomes = await runConcurrently<{ outcome: string }>(userId, [
      ...[settle, release, expire, release, settle, expire, settle, release, expire],
    ]);
    expect(countOf(outcomes, 'already_final')).toBe(8);
    const spent = countOf(outcomes, 'settled') * capture;
    expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 1000 - spent, held: 0 });
    await expectSound(stores);
  },
);

test.each([
  {
    how: 'a partial charge',
    end: (hold: ExchangeReference) => stores.holdLedger.settle(settlementOf(hold, 0)),
  },
  { how: 'a release', end: (hold: ExchangeReference) => stores.holdLedger.release(releaseOf(hold)) },
])('$how that waits while a lot expires gives back nothing that can be spent', async ({ end }) => {
  const userId = await createAccount(stores, 100);
  const grant = { id: newId(), userId, kind: 'grant', amount: 50, reason: null } as const;
  await stores.creditLedger.post({
    ...grant,
    lot: { expiresAt: new Date(Date.now() + 60_000), priority: 5 },
  });
  const hold = await openHold(stores, userId, { hold: 50 });
  await first?.query(`update lots set expires_at = now() where user_id = $1 and id = $2`, [userId, grant.id]);
  // Another use of the account has found that the lot expired, and that the hold may still take it.
  await first?.query('begin');
  await first?.query(`update balances set due_at = null, keeps_expired = true where user_id = $1`, [userId]);
  await first?.query(`insert into hold_lots (user_id, hold_id, lot_id, amount) values ($1, $2, $3, 50)`, [
    ...[userId, hold.exchangeId, grant.id],
  ]);
  const ended = end(hold);
  await untilWaiting(1);
  await first?.query('commit');
  await ended;
  const outcome = await stores.holdLedger.reserve(reserveRequest(userId, { hold: 101 }));
  expect(outcome).toEqual({ outcome: 'insufficient', balance: 100 });
  await expectSound(stores);
});

test('of six concurrent deductions of the whole balance, one succeeds', async () => {
  const userId = await createAccount(stores, 100);
  const take = () => {
    const entry = { id: newId(), userId, kind: 'adjustment', amount: -100, reason: null } as const;
    return stores.creditLedger.post(entry);
  };
  const outcomes = await runConcurrently(userId, Array<typeof take>(6).fill(take));
  expect(countOf(outcomes, 'posted')).toBe(1);
  await expectSound(stores);
});

test('two concurrent creations with one username create one account', async () => {
  const [one, two] = [newUser(5), newUser(5)];
  two.usernameKey = one.usernameKey;
  await first?.query('begin');
  await first?.query(
    `insert into users (id, username, username_key, password_hash, role) values ($1, 'x', $2, 'x', 'user')`,
    [newId(), one.usernameKey],
  );
  const created = Promise.all([stores.userStore.create(one), stores.userStore.create(two)]);
  await untilWaiting(2);
  await first?.query('rollback');
  expect(countOf(await created, 'created')).toBe(1);
  expect(countOf(await created, 'username_taken')).toBe(1);
  await expectSound(stores);
});

test.each([
  { how: 'a release', end: (exchange: ExchangeReference) => stores.holdLedger.release(releaseOf(exchange)) },
  {
    how: 'a partial charge',
    end: (exchange: ExchangeReference) => stores.holdLedger.settle(settlementOf(exchange, 1)),
  },
  { how: 'an expiry', end: () => stores.holdLedger.expireHolds({ everyOpen: true }) },
])('$how and a reservation with the same key cannot deadlock', async ({ end }) => {
  if (first === undefined || second === undefined) throw new Error('The connections are missing.');
  const userId = await createAccount(stores, 1000);
  const exchange = { userId, exchangeId: newId() };
  await second.query(`select pg_advisory_lock(${pauseLock})`);
  // The reservation waits for the balance while another exchange claims its key.
  await first.query('begin');
  await first.query('update balances set balance = balance - 100 where user_id = $1', [userId]);
  const request = reserveRequest(userId, { idempotencyKey: 'k', message: pausingMessage });
  const reserved = stores.holdLedger.reserve(request);
  await waitsFor('transactionid');
  await first.query(insertExchange, [userId, exchange.exchangeId]);
  await first.query('commit');
  // The reservation has the balance now. The other exchange ends before the reservation finds the key.
  await waitsFor('advisory');
  const ended = end(exchange);
  await waitsFor('transactionid');
  await second.query(`select pg_advisory_unlock(${pauseLock})`);
  const [, outcome] = await Promise.all([ended, reserved]);
  expect(['reserved', 'key_claimed']).toContain(outcome.outcome);
  await stores.holdLedger.expireHolds({ everyOpen: true });
  await expectSound(stores);
});

test.each([
  { order: 'erased first', reserves: 'no_such_conversation', spent: 0 },
  { order: 'reserved first', reserves: 'reserved', spent: 100 },
])('a chat concurrent with the erasure of its conversation: $order, $reserves', async (expected) => {
  const userId = await createAccount(stores, 1000);
  const conversationId = newId();
  const created = { conversation: { id: conversationId, title: 'T' }, hold: 0 };
  await openHold(stores, userId, created);
  const erase = () => stores.conversationStore.erase({ userId, conversationId });
  const request = reserveRequest(userId, { conversation: { id: conversationId, title: null } });
  const reserve = async () => (await stores.holdLedger.reserve(request)).outcome;
  await first?.query('begin');
  await first?.query('select 1 from balances where user_id = $1 for update', [userId]);
  const waiting: Promise<unknown>[] = [];
  for (const start of expected.order === 'erased first' ? [erase, reserve] : [reserve, erase]) {
    waiting.push(start());
    await untilWaiting(waiting.length);
  }
  await first?.query('rollback');
  expect(await Promise.all(waiting)).toContain(expected.reserves);
  expect(await stores.creditLedger.balance(userId)).toMatchObject({ balance: 1000 - expected.spent });
  const { results } = await stores.holdLedger.exchanges(userId, { limit: 10, before: null });
  expect(results.map(({ message }) => message)).toEqual(results.map(() => ''));
  await stores.holdLedger.expireHolds({ everyOpen: true });
  await expectSound(stores);
});
