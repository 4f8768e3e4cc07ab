import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import { createAccount, entryIds, expectSound, newDigest, newId, openHold } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { voucherView } from './view.js';

const hourMs = 60 * 60 * 1000;

/** Redeeming one voucher after another. */
export function testRedeeming({ test }: TestRunner, harness: () => StoreHarness): void {
  const { create, redeem, balance, listed, redemptions } = voucherView(harness);
  const account = (credits = 0) => createAccount(harness().stores, credits);

  test('a voucher adds its credits with an entry and a lot', async () => {
    const { batch, digest } = await create({ creditsTtlMs: hourMs, name: 'Spring' });
    const userId = await account(10);
    const entryId = newId();
    const redeemed = await harness().stores.voucherStore.redeem({ userId, digest, entryId });
    if (redeemed.outcome !== 'redeemed') throw new TypeError(redeemed.outcome);
    const { entry, lot } = redeemed;
    expect(entry).toEqual({
      ...{ id: entryId, userId, kind: 'voucher', amount: 500, balanceAfter: 510, reason: 'Spring' },
      ...{ exchangeId: null, action: null, units: null, details: null, createdAt: expect.any(Date) },
    });
    expect(lot).toMatchObject({
      ...{ id: entryId, kind: 'voucher', amount: 500, left: 500, priority: 20, period: null },
    });
    const lastsMs = Number(lot.expiresAt) - Number(entry.createdAt);
    expect(lastsMs).toBeGreaterThanOrEqual(hourMs);
    expect(lastsMs).toBeLessThan(hourMs + 60_000);
    const entries = await harness().stores.creditLedger.entries(userId, { limit: 1, before: null });
    expect(entries.results).toEqual([entry]);
    const made = { id: entryId, batchId: batch.id, credits: 500, createdAt: expect.any(Date) };
    expect(await redemptions(userId)).toEqual([made]);
    expect(await redemptions(await account())).toEqual([]);
  });

  test('credits without an end do not expire', async () => {
    const { digest } = await create();
    expect(await redeem(await account(), digest)).toMatchObject({ lot: { expiresAt: null } });
  });

  test('credits of a voucher are spent before those of the account, and leave when they expire', async () => {
    const { digest } = await create({ credits: 150, creditsTtlMs: hourMs });
    const userId = await account(1000);
    await redeem(userId, digest);
    await openHold(harness().stores, userId);
    await harness().advance(hourMs + 1000);
    await harness().stores.lotLedger.expireLots(entryIds);
    expect(await balance(userId)).toBe(1000);
    await expectSound(harness().stores);
  });

  test('an account redeems a voucher once, and other vouchers of the batch too', async () => {
    const { digests } = await create({ count: 2, maxRedemptions: 5 });
    const userId = await account();
    const [first = '', second = ''] = digests;
    expect((await redeem(userId, first)).outcome).toBe('redeemed');
    expect(await redeem(userId, first)).toEqual({ outcome: 'already_redeemed' });
    expect((await redeem(userId, second)).outcome).toBe('redeemed');
    expect(await balance(userId)).toBe(1000);
    expect((await redemptions(userId)).length).toBe(2);
  });

  test('a voucher that is used up, expired, ended or unknown gives nothing', async () => {
    const { stores, advance } = harness();
    const used = await create({ maxRedemptions: 2 });
    for (let index = 0; index < 2; index += 1) await redeem(await account(), used.digest);
    const now = (await create()).batch.createdAt.getTime();
    const expired = await create({ expiresAt: new Date(now + hourMs) });
    const ended = await create();
    await stores.voucherStore.end(ended.batch.id);
    const userId = await account(10);
    expect((await redeem(await account(), expired.digest)).outcome).not.toBe('expired');
    await advance(hourMs);
    // Nothing else expires what ended in this hour, such as an allowance on the last day of a month.
    await stores.lotLedger.expireLots(entryIds);
    expect(await redeem(userId, used.digest)).toEqual({ outcome: 'exhausted' });
    expect(await redeem(userId, expired.digest)).toEqual({ outcome: 'expired' });
    expect(await redeem(userId, ended.digest)).toEqual({ outcome: 'ended' });
    expect(await redeem(userId, newDigest())).toEqual({ outcome: 'no_such_voucher' });
    expect(await balance(userId)).toBe(10);
    expect(await redemptions(userId)).toEqual([]);
    expect((await listed(used.batch.id))?.redemptions).toBe(2);
  });

  test('what an account has redeemed already is rejected as that, also when the voucher has ended', async () => {
    const { batch, digest } = await create();
    const userId = await account();
    await redeem(userId, digest);
    await harness().stores.voucherStore.end(batch.id);
    expect(await redeem(userId, digest)).toEqual({ outcome: 'already_redeemed' });
    expect(await redeem(await account(), digest)).toEqual({ outcome: 'ended' });
    expect(await balance(userId)).toBe(500);
  });

  test('a voucher that does not fit into the balance stays as it is', async () => {
    const { batch, digest } = await create();
    const userId = await account(maxCredits - 499);
    expect(await redeem(userId, digest)).toEqual({ outcome: 'out_of_range', balance: maxCredits - 499 });
    expect((await listed(batch.id))?.redemptions).toBe(0);
    expect(await redemptions(userId)).toEqual([]);
    const other = await account(maxCredits - 500);
    expect((await redeem(other, digest)).outcome).toBe('redeemed');
    expect(await balance(other)).toBe(maxCredits);
  });

  test('an erased or unknown account redeems nothing; what an erased one has redeemed stays on record', async () => {
    const { batch, digest } = await create({ maxRedemptions: 3 });
    const erased = await account();
    await redeem(erased, digest);
    await harness().stores.userStore.erase(erased);
    for (const userId of [erased, newId()])
      expect(await redeem(userId, digest)).toEqual({ outcome: 'no_such_user' });
    expect((await listed(batch.id))?.redemptions).toBe(1);
    await expectSound(harness().stores);
  });
}
