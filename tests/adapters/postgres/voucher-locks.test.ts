import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount } from '../../../src/testing/accounts.js';
import { voucherView } from '../../../src/testing/voucher-store/view.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

let harness: SqlHarness;
beforeAll(async () => {
  harness = await sqlEngines.postgres();
});
afterAll(() => harness.close());

test('an account that comes too late for a voucher does not wait for the others', async () => {
  const { create, redeem } = voucherView(() => harness);
  const { digest } = await create({ maxRedemptions: 1 });
  const [first, second] = [await createAccount(harness.stores, 0), await createAccount(harness.stores, 0)];
  expect((await redeem(first, digest)).outcome).toBe('redeemed');
  await harness.database.transaction(async (within) => {
    await within.query({ text: 'select 1 from vouchers for update' });
    // A wait for the lock would end with an error after 5 seconds.
    expect((await redeem(second, digest)).outcome).toBe('exhausted');
    expect((await redeem(first, digest)).outcome).toBe('already_redeemed');
  });
});
