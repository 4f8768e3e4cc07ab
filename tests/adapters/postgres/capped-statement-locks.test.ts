import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import {
  actionSettlementOf,
  createAccount,
  expectSound,
  openActionHold,
  releaseOf,
  reserveRequest,
  spendRequest,
} from '../../../src/testing/accounts.js';
import { newCap } from '../../../src/testing/caps/new-cap.js';
import { postgresTestDatabase } from '../../setup/databases.js';

// Not for the embedded database, which runs one statement at a time, so that none waits for a lock.

const opened = await postgresTestDatabase({ isMigrated: true });
// Two servers, as far as this process can be: what they remember of accounts is apart.
const [stores, other] = [postgresStores(opened.database), postgresStores(opened.database)];
const locking = new pg.Client({ connectionString: opened.url });

beforeAll(() => locking.connect());
afterAll(async () => {
  await locking.end();
  await opened.drop();
});

async function untilWaiting(count: number): Promise<void> {
  const text = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  for (;;) {
    const rows = await opened.database.query({ text });
    if (rows.length === count) return;
  }
}

const hours = 60 * 60 * 1000;

test.each(['released', 'settled', 'expired'] as const)(
  'a hold that is %s at one server while another begins to count for a cap is counted as it ended',
  async (way) => {
    const userId = await createAccount(stores, 1000);
    const leaseMs = way === 'expired' ? 1 : hours;
    const exchange = await openActionHold(stores, userId, { hold: 100, leaseMs });
    await stores.capStore.set(newCap(userId, { limit: 1000, window: 'month' }));
    await other.holdLedger.settle(actionSettlementOf(await openActionHold(other, userId, { hold: 0 }), 0));
    await stores.capStore.set(newCap(userId, { limit: 1000, window: 'total' }));

    await locking.query('begin');
    await locking.query('select 1 from balances where user_id = $1 for update', [userId]);
    const reserved = stores.holdLedger.reserve(reserveRequest(userId, { hold: 10 }));
    await untilWaiting(1);
    const ending = {
      released: () => other.holdLedger.release(releaseOf(exchange)),
      settled: () => other.holdLedger.settle(actionSettlementOf(exchange, 30)),
      expired: () => other.holdLedger.expireHolds({ everyOpen: false }),
    }[way]();
    await untilWaiting(2);
    await locking.query('rollback');
    expect((await reserved).outcome).toBe('reserved');
    const ended = await ending;
    if (way === 'expired') await other.holdLedger.expireHolds({ everyOpen: false });
    else expect(ended).toMatchObject({ outcome: way });
    const states = (await stores.capStore.states(userId, noWalletRules)) ?? [];
    const spent = way === 'settled' ? 40 : 10;
    expect(states.map((state) => state.spent)).toEqual([spent, spent]);
    await expectSound(stores);
  },
);

test('requests below a cap that wait for another server see what it has counted', async () => {
  const userId = await createAccount(stores, 1000);
  await stores.capStore.set(newCap(userId, { limit: 100 }));
  await openActionHold(stores, userId, { hold: 10 });
  await openActionHold(other, userId, { hold: 10 });
  await locking.query('begin');
  await locking.query('select 1 from balances where user_id = $1 for update', [userId]);
  const requests = [
    stores.holdLedger.reserve(reserveRequest(userId, { hold: 50 })),
    other.holdLedger.spend(spendRequest(userId, { amount: 50 })),
  ];
  await untilWaiting(2);
  await locking.query('rollback');
  const outcomes = (await Promise.all(requests)).map(({ outcome }) => outcome);
  expect(outcomes).toHaveLength(2);
  expect(outcomes.filter((outcome) => outcome === 'cap_reached')).toHaveLength(1);
  await expectSound(stores);
});

test('requests of a capped account use one connection, and the others are left to other accounts', async () => {
  const userId = await createAccount(stores, 1000);
  await stores.capStore.set(newCap(userId, { limit: 1000 }));
  await openActionHold(stores, userId, { hold: 1 });
  await locking.query('begin');
  await locking.query('select 1 from balances where user_id = $1 for update', [userId]);
  const waiting = Array.from({ length: 100 }, () =>
    stores.holdLedger.reserve(reserveRequest(userId, { hold: 1 })),
  );
  await untilWaiting(1);
  await openActionHold(stores, await createAccount(stores, 1000), { hold: 1 });
  expect(opened.database.connections().waiting).toBe(0);
  await locking.query('rollback');
  const outcomes = await Promise.all(waiting);
  expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(100);
  await expectSound(stores);
});
