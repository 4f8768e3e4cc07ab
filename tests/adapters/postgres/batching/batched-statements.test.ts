import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Statement } from '../../../../src/adapters/postgres/database.js';
import type { ExchangeReference } from '../../../../src/ports/hold-ledger.js';
import {
  actionSettlementOf,
  createAccount,
  expectSound,
  holdRequest,
  newDigest,
  openHold,
  reserveRequest,
  settlementOf,
} from '../../../../src/testing/accounts.js';
import { raceOfManyUsers } from '../../../../src/testing/ledger-races.js';
import type { Stores } from '../../../../src/ports/stores.js';
import { seededRandom } from '../../../../src/testing/seeded-random.js';
import { chosenSeed } from '../../../seed.js';
import { postgresAt, postgresTestDatabase } from '../../../setup/databases.js';
import { postgresStores } from '../../../../src/adapters/postgres/postgres-stores.js';

// Statements for several users, while another session holds locks, which is impossible in the embedded database.

const opened = await postgresTestDatabase({ isMigrated: true });
const other = postgresAt(opened.url, 16);
const otherSession = new pg.Client({ connectionString: opened.url });
const sent: Statement[] = [];
const stores = postgresStores(recordStatements(opened.database, sent));

beforeAll(async () => {
  await otherSession.connect();
});

afterAll(async () => {
  await otherSession.end();
  await other.close();
  await opened.drop();
});

function recordStatements(database: Database, statements: Statement[]): Database {
  return {
    ...database,
    query: (statement) => {
      statements.push(statement);
      return database.query(statement);
    },
  };
}

/** Creates accounts, each with a hold. */
async function openHolds(count: number): Promise<ExchangeReference[]> {
  const create = async () => openHold(stores, await createAccount(stores, 1000));
  return Promise.all(Array.from({ length: count }, create));
}

/** Settles each hold and opens another, concurrently. Returns the outcomes for each account. */
function settleAndReserve(exchanges: readonly ExchangeReference[], capture: number): Promise<string[]>[] {
  return exchanges.map(async (exchange) => {
    const [settled, reserved] = await Promise.all([
      stores.holdLedger.settle(settlementOf(exchange, capture)),
      stores.holdLedger.reserve(reserveRequest(exchange.userId)),
    ]);
    return [settled.outcome, reserved.outcome];
  });
}

test.each([
  { what: 'a balance', capture: 40, lock: 'select 1 from balances where user_id = $1 for update' },
  { what: 'an exchange', capture: 100, lock: 'select 1 from exchanges where user_id = $1 for update' },
])('a lock on $what delays only its own user', async ({ capture, lock }) => {
  const [locked, ...free] = await openHolds(30);
  if (locked === undefined) throw new TypeError('No account was created.');
  await otherSession.query('begin');
  await otherSession.query(lock, [locked.userId]);
  let isOver = false;
  const [delayed, ...others] = settleAndReserve([locked, ...free], capture);
  void delayed?.then(() => (isOver = true));
  const done = ['settled', 'reserved'];
  expect(await Promise.all(others)).toEqual(free.map(() => done));
  expect(isOver).toBe(false);
  await otherSession.query('rollback');
  expect(await delayed).toEqual(done);
  await stores.holdLedger.expireHolds({ everyOpen: true });
  await expectSound(stores);
});

test('charges beyond the hold and holds for other actions are sent in batches', async () => {
  const exchanges = await openHolds(30);
  sent.length = 0;
  const settled = await Promise.all(
    exchanges.map((exchange, index) =>
      stores.holdLedger.settle(
        index % 2 === 0 ? settlementOf(exchange, 140) : actionSettlementOf(exchange, 1500),
      ),
    ),
  );
  const [covered, uncovered] = [
    { outcome: 'settled', captured: 140, uncollected: 0, balance: 860 },
    { outcome: 'settled', captured: 1000, uncollected: 500, balance: 0 },
  ];
  expect(settled).toEqual(exchanges.map((_, index) => (index % 2 === 0 ? covered : uncovered)));
  const reserved = await Promise.all(
    exchanges.map(({ userId }) => stores.holdLedger.reserve(holdRequest(userId, { hold: 60 }))),
  );
  expect(reserved.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(15);
  const sentTimes = (name: string) => sent.filter((statement) => statement.name === name).length;
  expect([sentTimes('settle_batch'), sentTimes('reserve_batch')]).toEqual([1, 1]);
  // Those that use up a balance write its event with the account locked.
  expect(sentTimes('settle')).toBe(15);
  await expectSound(stores);
});

const seed = chosenSeed();

test(`two servers with the same accounts never deadlock (seed ${seed})`, async () => {
  const others = postgresStores(other);
  const random = seededRandom(seed);
  const either = () => (random(2) === 0 ? stores : others);
  const both: Stores = {
    ...stores,
    holdLedger: {
      ...stores.holdLedger,
      reserve: (request) => either().holdLedger.reserve(request),
      settle: (settlement) => either().holdLedger.settle(settlement),
      release: (release) => either().holdLedger.release(release),
      expireHolds: (options) => either().holdLedger.expireHolds(options),
    },
  };
  const report = await raceOfManyUsers(both, seed, 2);
  expect(report.kept).toBe(report.of);
  const { rows } = await otherSession.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: '0' }]);
});

const many = `
  with created as materialized (select gen_random_uuid() as id, n from generate_series(1, 30000) n),
  accounts as (
    insert into users (id, username, username_key, password_hash, role)
    select id, id::text, id::text, 'x', 'user' from created returning id),
  opened as (insert into sessions (user_id, id) select id, id from accounts returning id),
  minted as (
    insert into auth_tokens (user_id, session_id, pair_id, kind, digest, expires_at)
    select id, id, id, 'access', sha256(id::text::bytea), now() + interval '1 hour' from opened),
  funded as (insert into balances (user_id, balance) select id, 1000 from created),
  exchanges_created as (
    insert into exchanges (user_id, id, model, message, held, hold_deadline)
    select id, gen_random_uuid(), 'echo', 'Hello', 100, now() from created)
  select 1`;

test('in a large database, batched statements find every row by an index', async () => {
  await opened.database.query({ text: many });
  await opened.database.query({ text: 'analyze' });
  const exchanges = await openHolds(5);
  sent.length = 0;
  const presented = exchanges.map(({ userId }) => ({ userId, digest: newDigest(), kind: 'access' as const }));
  await Promise.all(presented.map((reference) => stores.authTokenStore.findCaller(reference)));
  await Promise.all(settleAndReserve(exchanges, 40));
  await Promise.all(exchanges.map(({ userId }) => stores.creditLedger.balance(userId)));
  const plans = new Map<string, string>();
  for (const { name = '', text, values = [] } of sent) {
    if (!/_batch|find_callers|read_balances/.test(name)) continue;
    const { rows } = await otherSession.query<object>(`explain ${text}`, [...values]);
    plans.set(name, rows.map((row) => Object.values(row).join()).join('\n'));
  }
  expect([...plans.keys()].sort()).toEqual([
    'find_callers',
    'read_balances',
    'reserve_batch',
    'settle_batch',
  ]);
  for (const plan of plans.values()) expect(plan).not.toContain('Seq Scan');
});
