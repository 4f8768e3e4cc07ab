import { expect } from 'expect';
import { createAccount, delicateTexts, newDigest, newId } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { oneVoucher, voucherView } from './view.js';

/** Batches of vouchers: creating, listing and ending them. */
export function testBatches({ test }: TestRunner, harness: () => StoreHarness): void {
  const { create, listed, redeem } = voucherView(harness);

  test('a batch is listed as it was created', async () => {
    const createdBy = newId();
    const terms = {
      ...{ count: 3, credits: 7, maxRedemptions: 2, name: 'Spring' },
      ...{ expiresAt: new Date('2090-01-31T12:00:00.123Z'), creditsTtlMs: 90_000 },
    };
    const digests = [newDigest(), newDigest(), newDigest()];
    const id = newId();
    const batch = await harness().stores.voucherStore.create({ id, terms, digests, createdBy });
    expect(batch).toEqual({
      ...{ ...terms, id, createdBy, redemptions: 0, endedAt: null },
      createdAt: expect.any(Date),
    });
    expect(await listed(id)).toEqual(batch);
  });

  test('pages of batches are newest first and overlap nowhere', async () => {
    const made = [];
    for (let index = 0; index < 5; index += 1) made.unshift((await create()).batch.id);
    const { voucherStore } = harness().stores;
    const first = await voucherStore.batches({ limit: 2, before: null });
    const second = await voucherStore.batches({ limit: 3, before: first.next });
    expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(made);
  });

  test('a batch counts the redemptions of all its codes', async () => {
    const { batch, digests } = await create({ count: 3, maxRedemptions: 2 });
    for (const digest of [digests[0], digests[0], digests[1]])
      await redeem(await createAccount(harness().stores, 0), digest ?? '');
    expect((await listed(batch.id))?.redemptions).toBe(3);
  });

  test('no batch is created with the digest of another voucher, nor a part of it', async () => {
    const { digest } = await create();
    const id = newId();
    const unused = newDigest();
    const { voucherStore } = harness().stores;
    for (const digests of [
      [unused, digest],
      [unused, unused],
    ]) {
      const created = voucherStore.create({ id, terms: oneVoucher, digests, createdBy: null });
      await expect(created).rejects.toThrow();
    }
    expect(await listed(id)).toBeUndefined();
    const userId = await createAccount(harness().stores, 0);
    expect((await redeem(userId, unused)).outcome).toBe('no_such_voucher');
  });

  test('a batch ends once, and stays in the list', async () => {
    const { batch } = await create();
    const { voucherStore } = harness().stores;
    expect(await voucherStore.end(newId())).toBe('missing');
    expect(await voucherStore.end(batch.id)).toBe('ended');
    const endedAt = (await listed(batch.id))?.endedAt;
    expect(endedAt).toEqual(expect.any(Date));
    expect(await voucherStore.end(batch.id)).toBe('already_ended');
    expect(await listed(batch.id)).toEqual({ ...batch, endedAt });
  });

  for (const name of delicateTexts) {
    test(`the name of a batch is stored unchanged: ${JSON.stringify(name)}`, async () => {
      const { batch, digest } = await create({ name });
      expect((await listed(batch.id))?.name).toBe(name);
      const redeemed = await redeem(await createAccount(harness().stores, 0), digest);
      expect(redeemed).toMatchObject({ outcome: 'redeemed', entry: { reason: name } });
    });
  }
}
