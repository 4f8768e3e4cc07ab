import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database, Statement } from '../../../src/adapters/postgres/database.js';
import { distribute, isSharded } from '../../../src/adapters/postgres/distribute.js';
import { openStores } from '../../../src/adapters/postgres/open-stores.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { quoteIdentifier } from '../../../src/adapters/postgres/schema.js';
import { tablePlacements } from '../../../src/adapters/postgres/table-placement.js';
import {
  createAccount,
  expectSound,
  openHold,
  reserveRequest,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { citusTestDatabase } from '../../setup/citus.js';

type Opened = Awaited<ReturnType<typeof citusTestDatabase>>;

let opened: Opened;
beforeAll(async () => {
  opened = await citusTestDatabase({ isDistributed: false });
});
afterAll(() => opened.drop());

const placedTables = Object.values(tablePlacements).filter(({ kind }) => kind !== 'local').length;

test('a filled database is distributed with its rows, in one transaction, once', async () => {
  const { database } = opened;
  const before = postgresStores(database);
  const userId = await createAccount(before, 500);
  const exchange = await openHold(before, userId);
  await before.holdLedger.settle(settlementOf(exchange, 100));

  const planned = await distribute(database, { isDryRun: true });
  expect(planned.unchanged).toBe(0);
  expect(planned.changes).toHaveLength(placedTables);
  expect(await isSharded(database)).toBe(false);

  expect(await distribute(database)).toEqual(planned);
  expect(await isSharded(database)).toBe(true);
  expect(await distribute(database)).toEqual({ changes: [], unchanged: placedTables });

  const { stores } = await openStores(database);
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 400, held: 0 });
  const { results } = await stores.creditLedger.entries(userId, { limit: 10, before: null });
  expect(results.map(({ amount }) => amount)).toEqual([-100, 500]);
  await expectSound(stores);
});

test('the former rows of a distributed table are not left on the coordinator', async () => {
  const { database } = opened;
  for (const [name, { kind }] of Object.entries(tablePlacements)) {
    if (kind === 'local') continue;
    const [row] = await database.query<{ bytes: number }>({
      text: `select pg_relation_size($1::regclass) as bytes`,
      values: [`${quoteIdentifier(database.schema)}.${name}`],
    });
    expect({ name, bytes: row?.bytes }).toEqual({ name, bytes: 0 });
  }
});

test.each(['update entries set amount = 1', 'delete from entries', 'truncate entries'])(
  'the ledger refuses on every node: %s',
  async (text) => {
    await expect(opened.database.query({ text })).rejects.toThrow('the ledger is append-only');
  },
);

test('no statement of a chat, a balance or a history is sent to two nodes', async () => {
  const { database } = opened;
  const sent: Statement[] = [];
  const recording: Database = {
    ...database,
    isSharded: true,
    query: (statement) => {
      sent.push(statement);
      return database.query(statement);
    },
  };
  const stores = postgresStores(recording);
  const userId = await createAccount(postgresStores(database), 500);
  sent.length = 0;
  const reserved = reserveRequest(userId);
  await stores.holdLedger.reserve(reserved);
  await stores.holdLedger.renew(reserved, 60_000);
  await stores.holdLedger.settle(settlementOf(reserved, 60));
  await stores.holdLedger.reserve(reserveRequest(userId, { hold: 1000 }));
  await stores.creditLedger.balance(userId);
  await stores.creditLedger.entries(userId, { limit: 10, before: null });
  await stores.holdLedger.exchanges(userId, { limit: 10, before: null });
  await stores.conversationStore.list(userId, { limit: 10, before: null });
  await stores.authTokenStore.findCaller({ userId, digest: 'ab'.repeat(32), kind: 'access' });
  expect(sent.map(({ name }) => name)).toEqual(expect.arrayContaining(['reserve', 'settle', 'find_caller']));
  for (const { text, values = [] } of sent) {
    const plan = await database.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}`, values });
    const tasks = plan.flatMap((row) => /Task Count: (\d+)/.exec(row['QUERY PLAN'])?.[1] ?? []);
    expect({ text, tasks: [...new Set(tasks)] }).toEqual({ text, tasks: ['1'] });
  }
});

test('of 200 chats at once on a balance for 37, exactly 37 are charged', async () => {
  const { stores } = await openStores(opened.database);
  const userId = await createAccount(stores, 3700);
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const request = reserveRequest(userId);
      const { outcome } = await stores.holdLedger.reserve(request);
      if (outcome === 'reserved') await stores.holdLedger.settle(settlementOf(request, 100));
      return outcome;
    }),
  );
  expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(37);
  expect(outcomes.filter((outcome) => outcome === 'insufficient')).toHaveLength(163);
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 0, held: 0 });
  await expectSound(stores);
});

test('a table that was distributed in another way is refused, and nothing is changed', async () => {
  const other = await citusTestDatabase({ isDistributed: false });
  try {
    const table = `${quoteIdentifier(other.database.schema)}.conversations`;
    await other.database.query({
      text: `select create_distributed_table($1::regclass, 'user_id')`,
      values: [table],
    });
    await expect(distribute(other.database)).rejects.toThrow('Citus has "conversations" in another way');
    expect(await isSharded(other.database)).toBe(false);
  } finally {
    await other.drop();
  }
});
