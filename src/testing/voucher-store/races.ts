import { expect } from 'expect';
import { createAccount, expectSound } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { voucherView } from './view.js';

/** Many redemptions at the same moment. */
export function testVoucherRaces({ test }: TestRunner, harness: () => StoreHarness): void {
  const { create, redeem, balance, listed, redemptions } = voucherView(harness);
  const accounts = (length: number) =>
    Promise.all(Array.from({ length }, () => createAccount(harness().stores, 0)));

  test('of 200 accounts at once, exactly as many redeem a voucher as it allows', async () => {
    const { batch, digest } = await create({ maxRedemptions: 37 });
    const userIds = await accounts(200);
    const redeemed = await Promise.all(userIds.map((userId) => redeem(userId, digest)));
    expect(tally(redeemed)).toEqual({ redeemed: 37, exhausted: 163 });
    const balances = await Promise.all(userIds.map(balance));
    redeemed.forEach(({ outcome }, index) => {
      expect(balances[index]).toBe(outcome === 'redeemed' ? 500 : 0);
    });
    expect((await listed(batch.id))?.redemptions).toBe(37);
    await expectSound(harness().stores);
  });

  test('one account that redeems a voucher 50 times at once gets it once', async () => {
    const { batch, digest } = await create({ maxRedemptions: 50 });
    const [userId = ''] = await accounts(1);
    const redeemed = await Promise.all(Array.from({ length: 50 }, () => redeem(userId, digest)));
    expect(tally(redeemed)).toEqual({ redeemed: 1, already_redeemed: 49 });
    expect(await balance(userId)).toBe(500);
    expect(await redemptions(userId)).toHaveLength(1);
    expect((await listed(batch.id))?.redemptions).toBe(1);
    await expectSound(harness().stores);
  });

  test('accounts that redeem the vouchers of a batch in any order do not block each other', async () => {
    const { batch, digests } = await create({ count: 5, maxRedemptions: 100 });
    const userIds = await accounts(10);
    const all = userIds.flatMap((userId, index) => {
      const ordered = index % 2 === 0 ? digests : digests.toReversed();
      return ordered.map((digest) => redeem(userId, digest));
    });
    expect(tally(await Promise.all(all))).toEqual({ redeemed: 50 });
    for (const userId of userIds) expect(await balance(userId)).toBe(2500);
    expect((await listed(batch.id))?.redemptions).toBe(50);
  });

  test('nothing is redeemed once a batch has ended, while others redeem it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { batch, digest } = await create({ maxRedemptions: 100 });
      const userIds = await accounts(30);
      const redeeming = userIds.map((userId) => redeem(userId, digest));
      const ending = harness()
        .stores.voucherStore.end(batch.id)
        .then(async (outcome) => ({ outcome, redemptions: (await listed(batch.id))?.redemptions }));
      const outcomes = tally(await Promise.all(redeeming));
      const ended = await ending;
      expect(ended.outcome).toBe('ended');
      expect((await listed(batch.id))?.redemptions).toBe(ended.redemptions);
      expect(outcomes['redeemed'] ?? 0).toBe(ended.redemptions);
      expect(Object.keys(outcomes).filter((each) => each !== 'redeemed' && each !== 'ended')).toEqual([]);
    }
    await expectSound(harness().stores);
  });
}

/** How many results have each outcome. */
function tally(results: readonly { outcome: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
