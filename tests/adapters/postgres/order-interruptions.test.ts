import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Queryable } from '../../../src/adapters/postgres/database.js';
import { postgresLedgerAudit } from '../../../src/adapters/postgres/ledger-audit.js';
import { postgresOrderStore } from '../../../src/adapters/postgres/order-store.js';
import {
  createAccount,
  entryIds,
  expectSound,
  openHold,
  spendRequest,
} from '../../../src/testing/accounts.js';
import { factOf, newOrder } from '../../../src/testing/order-store/view.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

/** A database whose transactions end before a statement, as if their process was killed there. */
function interrupted(database: Database, beforeStatement: number): Database {
  const within = (queryable: Queryable): Queryable => {
    let statements = 0;
    return {
      query: (statement) => {
        statements += 1;
        if (statements === beforeStatement) throw new Error('interrupted');
        return queryable.query(statement);
      },
    };
  };
  const transaction = <Result>(work: (queryable: Queryable) => Promise<Result>) =>
    database.transaction(async (queryable) => work(within(queryable)));
  return { ...database, query: (statement) => database.query(statement), transaction };
}

describe.each(Object.entries(sqlEngines))('on %s', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  test('a fact that is interrupted between any two statements changes nothing, and is applied by its repetition', async () => {
    const { stores, database } = harness;
    const userId = await createAccount(stores, 100);
    const created = await stores.orderStore.create(newOrder(userId, { bonusCredits: 50 }));
    if (created.outcome !== 'created') throw new Error(created.outcome);
    const { order } = created;
    const walletOf = async () => [
      await stores.creditLedger.balance(userId),
      await stores.orderStore.debt(userId),
      await stores.orderStore.findById(order.id),
    ];
    for (const fact of [
      factOf(order, 'paid'),
      factOf(order, 'refunded', { amount: 300 }),
      factOf(order, 'dispute_lost', { amount: 700 }),
    ]) {
      const before = await walletOf();
      let statements = 0;
      for (;;) {
        statements += 1;
        const store = postgresOrderStore(interrupted(database, statements));
        const outcome = await store.apply(fact, entryIds).then(
          (applied) => applied.outcome,
          (error: unknown) => String(error),
        );
        if (outcome === 'applied') break;
        expect(outcome).toContain('interrupted');
        expect(await walletOf()).toEqual(before);
      }
      expect(statements).toBeGreaterThan(8);
      expect((await stores.orderStore.apply(fact, entryIds)).outcome).toBe('seen');
      if (fact.kind === 'paid') {
        await stores.holdLedger.spend(spendRequest(userId, { amount: 700 }));
        await openHold(stores, userId, { hold: 100 });
      }
    }
    expect(await stores.orderStore.debt(userId)).toBe(700);
    await expectSound(stores);
  });

  test.each([
    ['a fact took other credits', `update order_facts set credits = credits + 1 where kind = 'refunded'`],
    ['a payment has no mark', `delete from order_facts where kind = 'paid'`],
    ['a refund has no mark', `delete from order_facts where kind = 'refunded'`],
    ['an order shows another sum', `update orders set refunded = refunded - 1 where refunded > 0`],
    ['a debt is forgotten', `update balances set debt = 0`],
  ])('an audit finds that %s', async (_how, text) => {
    const { stores, database } = harness;
    const broken = async () => (await stores.ledgerAudit.inspect()).broken.payments_credited_once;
    expect(await broken()).toBe(0);
    await database
      .transaction(async (within) => {
        await within.query({ text });
        const audit = postgresLedgerAudit({ ...database, query: (statement) => within.query(statement) });
        expect((await audit.inspect()).broken.payments_credited_once).toBeGreaterThan(0);
        throw new Error('rolled back');
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== 'rolled back') throw error;
      });
    expect(await broken()).toBe(0);
  });
});
