import { expect } from 'expect';
import { issueConfirmation } from '../accounts.js';
import type { EmailChangeView } from './view.js';

/** Who gets an address that is confirmed. */
export function confirmingSuite({
  runner,
  harness,
  newEmail,
  newAccount,
  request,
  cancel,
  changes,
  use,
  emailsOf,
  findByEmail,
}: EmailChangeView): void {
  const { describe, test } = runner;
  describe('confirming a change', () => {
    test('a confirmation whose address was taken works once the address is free', async () => {
      const { id } = await newAccount();
      const wanted = newEmail();
      await request(id, wanted);
      const { confirmation } = await issueConfirmation(harness().stores, id);
      const holder = await newAccount(wanted, { isVerified: false });
      expect(await use(confirmation)).toBe('email_taken');
      await harness().stores.userStore.erase(holder.id);
      expect(await use(confirmation)).toBe('changed');
    });

    test('nothing is confirmed or cancelled for a disabled or erased account', async () => {
      const { stores } = harness();
      const [disabled, erased] = [await newAccount(), await newAccount()];
      for (const { id } of [disabled, erased]) {
        const { cancellation } = await request(id, newEmail());
        const { confirmation } = await issueConfirmation(stores, id);
        if (id === disabled.id) await harness().disable(id);
        else await stores.userStore.erase(id);
        expect(await use(confirmation)).toBe('invalid');
        expect((await cancel(cancellation)).outcome).toBe('invalid');
        expect((await issueConfirmation(stores, id)).addressee).toBeNull();
      }
      expect(await changes(erased.id)).toEqual([]);
    });

    test('of a parallel confirmation and cancellation, one takes effect, and the former email is the current one after both', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { id, email } = await newAccount();
        const { cancellation } = await request(id, newEmail());
        const { confirmation } = await issueConfirmation(harness().stores, id);
        const [confirmed, cancelled] = await Promise.all([use(confirmation), cancel(cancellation)]);
        expect([confirmed, cancelled.outcome]).toEqual(
          confirmed === 'changed' ? ['changed', 'restored'] : ['invalid', 'cancelled'],
        );
        expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      }
    });

    test('of several accounts that confirm one address in parallel, one gets it', async () => {
      for (let round = 0; round < 5; round += 1) {
        const wanted = newEmail();
        const accounts = await Promise.all(Array.from({ length: 6 }, () => newAccount()));
        const confirmations = [];
        for (const { id } of accounts) {
          await request(id, wanted);
          confirmations.push((await issueConfirmation(harness().stores, id)).confirmation);
        }
        const outcomes = await Promise.all(confirmations.map(use));
        expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'email_taken')).toHaveLength(5);
        expect(await findByEmail(wanted)).toBe(accounts[outcomes.indexOf('changed')]?.id);
      }
    });

    test('of any number of parallel uses of one link, one works', async () => {
      const { id, email } = await newAccount();
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness().stores, id);
      const confirmed = await Promise.all(Array.from({ length: 20 }, () => use(confirmation)));
      expect(confirmed.filter((outcome) => outcome === 'changed')).toHaveLength(1);
      const cancelled = await Promise.all(Array.from({ length: 20 }, () => cancel(cancellation)));
      expect(cancelled.filter(({ outcome }) => outcome === 'restored')).toHaveLength(1);
      expect((await emailsOf(id)).email).toBe(email);
    });
  });
}
