import { expect } from 'expect';
import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import {
  createKey,
  issueConfirmation,
  leaseMs,
  newDigest,
  newId,
  newUser,
  openSession,
} from '../accounts.js';
import type { EmailChangeView } from './view.js';

/** What a cancellation undoes, and for how long. */
export function cancellingSuite({
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
  describe('cancelling a change', () => {
    test('a cancelled pending change never takes effect, and the sessions continue', async () => {
      const { id, email } = await newAccount();
      const { access } = await openSession(harness().stores, id);
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness().stores, id);
      expect(await cancel(cancellation)).toEqual({ outcome: 'cancelled' });
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await use(confirmation)).toBe('invalid');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      expect(await harness().stores.authTokenStore.findCaller(access)).not.toBeNull();
    });

    test('a change that took effect is undone: the former email is back, verified, and every session has ended', async () => {
      const { id, username, email } = await newAccount(newEmail(), { isVerified: false });
      const wanted = newEmail();
      const { cancellation } = await request(id, wanted);
      await confirm(id);
      const [session, bystander] = [
        await openSession(harness().stores, id),
        await openSession(harness().stores, (await newAccount()).id),
      ];
      expect(await cancel(cancellation)).toEqual({
        ...{ outcome: 'restored', username, email, replacedEmail: wanted },
      });
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      expect([await findByEmail(wanted), await findByEmail(email ?? '')]).toEqual([null, id]);
      expect(await harness().stores.authTokenStore.findCaller(session.access)).toBeNull();
      expect(await harness().stores.authTokenStore.findCaller(bystander.access)).not.toBeNull();
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await changes(id)).toEqual([]);
    });

    test('a reset that was sent to the former address before the change does not work once the change is undone', async () => {
      const { id, username, email } = await newAccount();
      const { oneTimeTokenStore } = harness().stores;
      const reset = { kind: 'password_reset', userId: id, digest: newDigest() } as const;
      const issued = { emailKey: email?.toLowerCase() ?? '', digest: reset.digest, ttlMs: leaseMs };
      await oneTimeTokenStore.issueReset(issued);
      expect(await oneTimeTokenStore.findResetOwner(reset)).toEqual({ username, email });
      const { cancellation } = await request(id, newEmail());
      await confirm(id);
      expect((await cancel(cancellation)).outcome).toBe('restored');
      expect(await oneTimeTokenStore.findResetOwner(reset)).toBeNull();
      expect(await oneTimeTokenStore.resetPassword(reset, 'new')).toBeNull();
    });

    test('a change can be cancelled for as long as it is pending, and for its time after it took effect', async () => {
      const { id, email } = await newAccount();
      const pending = await request(id, newEmail());
      await harness().advance(30 * leaseMs);
      expect(await changes(id)).toHaveLength(1);
      expect((await cancel(pending.cancellation)).outcome).toBe('cancelled');
      const inTime = await request(id, newEmail());
      await confirm(id);
      await harness().advance(leaseMs - 60_000);
      expect((await cancel(inTime.cancellation)).outcome).toBe('restored');
      const late = await request(id, newEmail());
      await confirm(id);
      await harness().advance(leaseMs);
      expect(await changes(id)).toEqual([]);
      expect((await cancel(late.cancellation)).outcome).toBe('invalid');
      expect((await emailsOf(id)).email).not.toBe(email);
    });

    test('after two changes, a cancellation by the first address undoes both', async () => {
      const { id, email } = await newAccount();
      const owners = await request(id, newEmail());
      await confirm(id);
      const strangers = await request(id, newEmail());
      await confirm(id);
      const third = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness().stores, id);
      expect((await cancel(owners.cancellation)).outcome).toBe('restored');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      // Links that were sent to the addresses of the intruder must not restore one of them.
      expect((await cancel(strangers.cancellation)).outcome).toBe('invalid');
      expect((await cancel(third.cancellation)).outcome).toBe('invalid');
      expect(await use(confirmation)).toBe('invalid');
      expect((await emailsOf(id)).email).toBe(email);
    });

    test('a later change is undone alone, and the earlier one can still be cancelled', async () => {
      const { id, email } = await newAccount();
      const second = newEmail();
      const earlier = await request(id, second);
      await confirm(id);
      const later = await request(id, newEmail());
      await confirm(id);
      expect(await cancel(later.cancellation)).toMatchObject({ outcome: 'restored', email: second });
      expect(await cancel(earlier.cancellation)).toMatchObject({ outcome: 'restored', email });
    });

    test('the former address is restored from an account that has not confirmed it, and from no other', async () => {
      const [first, second] = [await newAccount(), await newAccount()];
      const cancellations = [];
      for (const { id } of [first, second]) {
        cancellations.push((await request(id, newEmail())).cancellation);
        await confirm(id);
      }
      const squatter = await newAccount(first.email, { isVerified: false });
      const owner = await newAccount(second.email);
      const [ofFirst, ofSecond] = cancellations as [AuthTokenReference, AuthTokenReference];
      expect((await cancel(ofFirst)).outcome).toBe('restored');
      expect(await findByEmail(first.email ?? '')).toBe(first.id);
      expect(await emailsOf(squatter.id)).toEqual({ email: null, isVerified: false, pending: null });
      const before = await emailsOf(second.id);
      expect((await cancel(ofSecond)).outcome).toBe('email_taken');
      expect(await emailsOf(second.id)).toEqual(before);
      expect(await findByEmail(second.email ?? '')).toBe(owner.id);
    });

    test('an invalid cancellation does nothing', async () => {
      const [{ id }, other] = [await newAccount(), await newAccount()];
      const { cancellation } = await request(id, newEmail());
      const before = await emailsOf(id);
      for (const wrong of [
        { userId: other.id },
        { userId: newId() },
        { digest: newDigest() },
        { kind: 'email_confirmation' as const },
      ]) {
        expect((await cancel({ ...cancellation, ...wrong })).outcome).toBe('invalid');
      }
      expect(await emailsOf(id)).toEqual(before);
    });

    test('after a cancellation in parallel with a registration of the former address, one account has it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id, email } = await newAccount();
        const { cancellation } = await request(id, newEmail());
        await confirm(id);
        const rival = newUser(0, { email, emailKey: email?.toLowerCase() ?? null });
        const [cancelled] = await Promise.all([
          cancel(cancellation),
          harness()
            .stores.userStore.create(rival)
            .catch(() => null),
        ]);
        const holder = await findByEmail(email ?? '');
        expect(holder).toBe(cancelled.outcome === 'restored' ? id : rival.id);
      }
    });

    test('when a change is undone, sessions end and API keys stay', async () => {
      const { id } = await newAccount();
      const { sessionId } = await openSession(harness().stores, id);
      const { authToken } = await createKey(harness().stores, { userId: id, sessionId });
      const { cancellation } = await request(id, newEmail());
      await confirm(id);
      await cancel(cancellation);
      expect((await createKey(harness().stores, { userId: id, sessionId })).created.outcome).toBe(
        'session_ended',
      );
      expect(await harness().stores.apiKeyStore.findCaller(authToken)).not.toBeNull();
    });

    test('changes that can no longer be cancelled are purged, and no others', async () => {
      const { emailChangeStore } = harness().stores;
      await emailChangeStore.purgeExpired();
      const [old, pending] = [await newAccount(), await newAccount()];
      await request(old.id, newEmail());
      await confirm(old.id);
      await request(pending.id, newEmail());
      await harness().advance(leaseMs);
      expect(await emailChangeStore.purgeExpired()).toBeGreaterThanOrEqual(1);
      expect(await emailChangeStore.purgeExpired()).toBe(0);
      expect(await changes(pending.id)).toHaveLength(1);
    });
  });
}
