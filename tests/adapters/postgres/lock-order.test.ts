import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExchangeReference } from '../../../src/ports/chat-ledger.js';
import {
  createAccount,
  expectSound,
  newId,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../../contracts/accounts.js';
import { migrationsDirectory, postgresTestDatabase } from '../../setup/databases.js';
import { sqlStores } from './sql-harness.js';

// The embedded database runs one statement after the other: nothing ever waits for a lock in it.

const pausingMessage = 'pause before the insert';
const pauseLock = 4711;
// Holds a reservation between the balance that it has locked and the exchange that it is about to insert.
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

const opened = await postgresTestDatabase();
const stores = sqlStores(opened.database);
const [first, second] = [1, 2].map(() => new pg.Client({ connectionString: opened.url }));

beforeAll(async () => {
  await opened.database.migrate(migrationsDirectory);
  await Promise.all([first?.connect(), second?.connect()]);
  await first?.query(pause);
});

afterAll(async () => {
  await Promise.all([first?.end(), second?.end()]);
  await opened.drop();
});

/** Resolves when a statement waits for the test's own lock, or for another statement's transaction. */
async function waitsFor(event: 'advisory' | 'transactionid'): Promise<void> {
  const text = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = $1`;
  for (;;) {
    const rows = await opened.database.query({ text, values: [event] });
    if (rows.length === 1) return;
  }
}

test.each([
  { how: 'a release', end: (exchange: ExchangeReference) => stores.chatLedger.release(releaseOf(exchange)) },
  {
    how: 'a partial charge',
    end: (exchange: ExchangeReference) => stores.chatLedger.settle(settlementOf(exchange, 1)),
  },
  { how: 'an expiry', end: () => stores.chatLedger.expireHolds({ everyOpen: true }) },
])('$how and a reservation with the same key never wait for each other', async ({ end }) => {
  if (first === undefined || second === undefined) throw new Error('No connections.');
  const userId = await createAccount(stores, 1000);
  const exchange = { userId, exchangeId: newId() };
  await second.query(`select pg_advisory_lock(${pauseLock})`);
  // A reservation begins, and waits for the balance while another one claims its key.
  await first.query('begin');
  await first.query('update balances set balance = balance - 100 where user_id = $1', [userId]);
  const request = reserveRequest(userId, { idempotencyKey: 'k', message: pausingMessage });
  const reserved = stores.chatLedger.reserve(request);
  await waitsFor('transactionid');
  await first.query(insertExchange, [userId, exchange.exchangeId]);
  await first.query('commit');
  // It has the balance now, and that other exchange ends before it finds its key taken.
  await waitsFor('advisory');
  const ended = end(exchange);
  await waitsFor('transactionid');
  await second.query(`select pg_advisory_unlock(${pauseLock})`);
  const [, outcome] = await Promise.all([ended, reserved]);
  expect(['reserved', 'key_claimed']).toContain(outcome.outcome);
  await stores.chatLedger.expireHolds({ everyOpen: true });
  await expectSound(stores);
});
