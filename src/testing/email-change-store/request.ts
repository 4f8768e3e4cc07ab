import { expect } from 'expect';
import { issueConfirmation, leaseMs, newDigest, newPassword, newUser, wantedEmail } from '../accounts.js';
import type { EmailChangeView } from './view.js';

/** A change is pending until it is confirmed. */
export function requestingSuite({
  runner,
  harness,
  newEmail,
  newAccount,
  request,
  confirm,
  cancel,
  changes,
  use,
  emailsOf,
  findByEmail,
}: EmailChangeView): void {
  const { describe, test } = runner;
  describe('requesting a change', () => {
    test('another email is pending until it is confirmed, and then the account is found by it', async () => {
      const { id, username, email } = await newAccount();
      const wanted = newEmail();
      expect((await request(id, wanted)).outcome).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: wanted });
      expect(await findByEmail(wanted)).toBeNull();
      expect(await findByEmail(email ?? '')).toBe(id);
      const { addressee, confirmation } = await issueConfirmation(harness().stores, id);
      expect(addressee).toEqual({ userId: id, username, email: wanted });
      expect(await use(confirmation)).toBe('changed');
      expect(await use(confirmation)).toBe('invalid');
      expect(await emailsOf(id)).toEqual({ email: wanted, isVerified: true, pending: null });
      expect([await findByEmail(wanted), await findByEmail(email ?? '')]).toEqual([id, null]);
      expect(await changes(id)).toMatchObject([{ formerEmail: email, email: wanted }]);
    });

    test('nothing is sent to a pending email but its confirmation', async () => {
      const { id, email } = await newAccount();
      const wanted = newEmail();
      await request(id, wanted);
      const reset = (emailKey: string) =>
        harness().stores.oneTimeTokenStore.issueReset({ emailKey, digest: newDigest(), ttlMs: leaseMs });
      expect(await reset(wanted.toLowerCase())).toBeNull();
      expect(await reset(email?.toLowerCase() ?? '')).toMatchObject({ userId: id, email });
    });

    test('of two changes in a row, the later one is pending, and the links of the earlier one are invalid', async () => {
      const { id, email } = await newAccount();
      const [first, second] = [newEmail(), newEmail()];
      const earlier = await request(id, first);
      const { confirmation } = await issueConfirmation(harness().stores, id);
      const later = await request(id, second);
      expect(await use(confirmation)).toBe('invalid');
      expect((await cancel(earlier.cancellation)).outcome).toBe('invalid');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: second });
      expect(await confirm(id)).toBe('changed');
      expect((await cancel(later.cancellation)).outcome).toBe('restored');
      expect((await emailsOf(id)).email).toBe(email);
    });

    test('an email is removed at once, and can be restored', async () => {
      const { id, email } = await newAccount();
      const { outcome, cancellation } = await request(id, null);
      expect(outcome).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email: null, isVerified: false, pending: null });
      expect(await findByEmail(email ?? '')).toBeNull();
      expect(await cancel(cancellation)).toMatchObject({ outcome: 'restored', replacedEmail: null });
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
    });

    test('the first email of an account is pending until it is confirmed, and cannot be cancelled', async () => {
      const { id } = await newAccount(null);
      const wanted = newEmail();
      const { cancellation } = await request(id, wanted);
      expect(await emailsOf(id)).toEqual({ email: null, isVerified: false, pending: wanted });
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await confirm(id)).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email: wanted, isVerified: true, pending: null });
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await changes(id)).toEqual([]);
    });

    test('the current email, in any spelling, drops a pending change and stays verified', async () => {
      const { id, email } = await newAccount();
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness().stores, id);
      const spelled = email?.toUpperCase() ?? '';
      expect((await request(id, spelled)).outcome).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email: spelled, isVerified: true, pending: null });
      expect(await use(confirmation)).toBe('invalid');
      expect((await cancel(cancellation)).outcome).toBe('invalid');
    });

    test('an email changed by an administrator is pending until it is confirmed; it cannot be cancelled, nor can earlier changes', async () => {
      const { id, email } = await newAccount();
      const { userStore } = harness().stores;
      const own = await request(id, newEmail());
      await confirm(id);
      const { email: current } = await emailsOf(id);
      const wanted = wantedEmail(newEmail());
      await userStore.changeAccount({ userId: id, email: wanted });
      expect(await emailsOf(id)).toMatchObject({ email: current, pending: wanted.address?.email });
      const cancellation = { kind: 'email_cancellation', userId: id, digest: wanted.cancelDigest } as const;
      expect((await cancel(cancellation)).outcome).toBe('invalid');
      expect(await confirm(id)).toBe('changed');
      expect((await cancel(cancellation)).outcome).toBe('invalid');
      expect((await cancel(own.cancellation)).outcome).toBe('invalid');
      expect(await emailsOf(id)).toMatchObject({ email: wanted.address?.email });
      const removed = wantedEmail(null);
      await userStore.changeAccount({ userId: id, email: removed });
      expect(await emailsOf(id)).toEqual({ email: null, isVerified: false, pending: null });
      expect((await cancel({ ...cancellation, digest: removed.cancelDigest })).outcome).toBe('invalid');
      expect(email).not.toBeNull();
    });

    test('the email of another account is taken, but an email that is only pending elsewhere is not', async () => {
      const [owner, other] = [await newAccount(), await newAccount()];
      expect((await request(other.id, owner.email)).outcome).toBe('email_taken');
      expect((await emailsOf(other.id)).pending).toBeNull();
      const wanted = newEmail();
      await request(owner.id, wanted);
      expect((await request(other.id, wanted)).outcome).toBe('changed');
      const heir = newUser(0, { email: wanted, emailKey: wanted.toLowerCase() });
      expect((await harness().stores.userStore.create(heir)).outcome).toBe('created');
      expect(await confirm(owner.id)).toBe('email_taken');
      expect(await emailsOf(owner.id)).toEqual({ email: owner.email, isVerified: true, pending: wanted });
    });

    test('a password reset drops a pending change that was requested before it', async () => {
      const { id, email } = await newAccount();
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness().stores, id);
      const digest = newDigest();
      const { oneTimeTokenStore } = harness().stores;
      await oneTimeTokenStore.issueReset({ emailKey: email?.toLowerCase() ?? '', digest, ttlMs: leaseMs });
      expect(
        await oneTimeTokenStore.resetPassword({ kind: 'password_reset', userId: id, digest }, 'new'),
      ).toEqual({
        removedKeys: 0,
      });
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      expect(await use(confirmation)).toBe('invalid');
      expect((await cancel(cancellation)).outcome).toBe('invalid');
    });

    test('a change is not requested if the password has been replaced in the meantime', async () => {
      const { id, email } = await newAccount();
      const change = { userId: id, passwordVersion: 1, email: wantedEmail(newEmail()) };
      await harness().stores.userStore.changePassword(newPassword(id));
      expect((await harness().stores.userStore.changeProfile(change)).outcome).toBe('stale');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
    });

    test('of twenty parallel requests, one is pending', async () => {
      const { id, email } = await newAccount();
      const wanted = Array.from({ length: 20 }, newEmail);
      await Promise.all(wanted.map((each) => request(id, each)));
      const { pending, ...inForce } = await emailsOf(id);
      expect(inForce).toEqual({ email, isVerified: true });
      expect(wanted).toContain(pending);
      expect(await changes(id)).toHaveLength(1);
    });
  });
}
