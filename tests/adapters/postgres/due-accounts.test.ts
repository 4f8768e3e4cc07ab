import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import type { ExchangeReference } from '../../../src/ports/hold-ledger.js';
import {
  createAccount,
  expectSound,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
  entryIds,
} from '../../../src/testing/accounts.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

// Something is due, or caps apply: statements that take credits go another way, and must come to the same end.

const states = {
  'something is due': `due_at = now() - interval '1 second'`,
  'another rule gave allowances before': `allowance_rule = '1/day@UTC'`,
  'caps have counted': `has_caps = true`,
};

describe.each(Object.entries(sqlEngines))('on the engine %s', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  /** An account in a state; `again` returns it to that state. */
  async function accountIn(change: string) {
    const { stores, database } = harness;
    const userId = await createAccount(stores, 1000);
    const text = `update balances set ${change} where user_id = $1`;
    const again = () => database.query({ text, values: [userId] });
    await again();
    return { userId, again };
  }

  test.each(Object.entries(states))('credits are held, charged and returned: %s', async (_, change) => {
    const { stores } = harness;
    const { userId, again } = await accountIn(change);
    const exchange = await openHold(stores, userId, { hold: 100 });
    await again();
    expect(await stores.holdLedger.settle(settlementOf(exchange, 140))).toEqual({
      ...{ outcome: 'settled', captured: 140, uncollected: 0, balance: 860 },
    });
    await again();
    expect(await stores.holdLedger.spend(spendRequest(userId, { amount: 60 }))).toMatchObject({
      balance: 800,
    });
    const released = await openHold(stores, userId, { hold: 100 });
    await again();
    expect(await stores.holdLedger.release(releaseOf(released))).toMatchObject({ balance: 800 });
    await again();
    const exact = await openHold(stores, userId, { hold: 100 });
    expect(await stores.holdLedger.settle(settlementOf(exact, 100))).toMatchObject({ balance: 700 });
    await again();
    const last = await openHold(stores, userId, { hold: 50 });
    await again();
    expect(await stores.holdLedger.settle(settlementOf(last, 2000))).toEqual({
      ...{ outcome: 'settled', captured: 700, uncollected: 1300, balance: 0 },
    });
    await expectSound(stores);
  });

  test('nothing is due while an expired lot keeps credits for a hold, until one ends or credits are added', async () => {
    const { stores, database } = harness;
    const isDue = async (userId: string) => {
      const text = `select coalesce(due_at <= now(), false) as is_due from balances where user_id = $1`;
      const [row] = await database.query<{ is_due: boolean }>({ text, values: [userId] });
      return row?.is_due;
    };
    const changes: ((hold: ExchangeReference) => Promise<unknown>)[] = [
      (hold) => stores.holdLedger.settle(settlementOf(hold, 30)),
      (hold) => stores.holdLedger.release(releaseOf(hold)),
      ({ userId }) => grantOf(userId, null),
    ];
    for (const change of changes) {
      const userId = await createAccount(stores, 1000);
      await grantOf(userId, new Date(Date.now() + 60_000));
      const hold = await openHold(stores, userId, { hold: 80, leaseMs: 600_000 });
      await harness.advance(60_000);
      expect(await isDue(userId)).toBe(true);
      const due = { rules: noWalletRules, ids: entryIds };
      expect((await stores.creditLedger.balance(userId, due))?.balance).toBe(970);
      expect(await isDue(userId)).toBe(false);
      await openHold(stores, userId);
      expect(await isDue(userId)).toBe(false);
      await change(hold);
      expect(await isDue(userId)).toBe(true);
      await stores.creditLedger.balance(userId, due);
      await expectSound(stores);
    }
    async function grantOf(userId: string, expiresAt: Date | null) {
      const entry = { id: newId(), userId, kind: 'grant', amount: 50, reason: null } as const;
      await stores.creditLedger.post({ ...entry, lot: { expiresAt, priority: null } });
    }
  });

  test.each(Object.entries(states))('rejections are the same: %s', async (_, change) => {
    const { stores } = harness;
    const { userId, again } = await accountIn(change);
    expect(await stores.holdLedger.reserve(reserveRequest(userId, { hold: 1001 }))).toEqual({
      ...{ outcome: 'insufficient', balance: 1000 },
    });
    await openHold(stores, userId, { idempotencyKey: 'k' });
    await again();
    const repeated = await stores.holdLedger.reserve(reserveRequest(userId, { idempotencyKey: 'k' }));
    expect(repeated.outcome).toBe('key_claimed');
    await again();
    expect(await stores.creditLedger.balance(userId, { rules: noWalletRules, ids: entryIds })).toEqual({
      balance: 900,
      held: 100,
    });
    await expectSound(stores);
  });
});
