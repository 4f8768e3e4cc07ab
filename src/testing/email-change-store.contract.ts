import { expect } from 'expect';
import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import {
  confirmEmail,
  createKey,
  issueConfirmation,
  leaseMs,
  newDigest,
  newId,
  newPassword,
  newUser,
  openSession,
  requestEmail,
  wantedEmail,
} from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `EmailChangeStore` against an adapter, together with the stores that request and confirm changes.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { emailChangeStoreContract } from 'metered-chat/testing';
 *
 * emailChangeStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function emailChangeStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`email change store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    const newEmail = () => `Mail_${newId()}@Example.org`;

    /** Creates an account with an email of its own, optionally confirmed; null for none. */
    async function newAccount(email: string | null = newEmail(), { isVerified = true } = {}) {
      const user = newUser(0, { email, emailKey: email?.toLowerCase() ?? null });
      expect((await harness.stores.userStore.create(user)).outcome).toBe('created');
      if (email !== null && isVerified) expect(await confirmEmail(harness.stores, user.id)).toBe('verified');
      return { id: user.id, username: user.username, email };
    }

    const request = (userId: string, email: string | null) => requestEmail(harness.stores, userId, email);
    const confirm = (userId: string) => confirmEmail(harness.stores, userId);
    const cancel = (presented: AuthTokenReference) => harness.stores.emailChangeStore.cancel(presented);
    const changes = (userId: string) => harness.stores.emailChangeStore.changes(userId);
    const use = (confirmation: AuthTokenReference) =>
      harness.stores.oneTimeTokenStore.confirmEmail(confirmation, { cancellableMs: leaseMs });

    /** Returns the current email, whether it is verified, and the pending one. */
    async function emailsOf(userId: string) {
      const found = await harness.stores.userStore.findById(userId);
      const listed = await harness.stores.userDirectory.find(userId);
      const pending =
        (await changes(userId)).find(({ tookEffectAt }) => tookEffectAt === null)?.email ?? null;
      expect(listed?.pendingEmail ?? null).toBe(pending);
      return { email: found?.user.email, isVerified: found?.user.emailVerified, pending };
    }

    const findByEmail = async (email: string) =>
      (await harness.stores.userStore.findByName({ emailKey: email.toLowerCase() }))?.user.id ?? null;

    test('another email is pending until it is confirmed, and then the account is found by it', async () => {
      const { id, username, email } = await newAccount();
      const wanted = newEmail();
      expect((await request(id, wanted)).outcome).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: wanted });
      expect(await findByEmail(wanted)).toBeNull();
      expect(await findByEmail(email ?? '')).toBe(id);
      const { addressee, confirmation } = await issueConfirmation(harness.stores, id);
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
        harness.stores.oneTimeTokenStore.issueReset({ emailKey, digest: newDigest(), ttlMs: leaseMs });
      expect(await reset(wanted.toLowerCase())).toBeNull();
      expect(await reset(email?.toLowerCase() ?? '')).toMatchObject({ userId: id, email });
    });

    test('a cancelled pending change never takes effect, and the sessions continue', async () => {
      const { id, email } = await newAccount();
      const { access } = await openSession(harness.stores, id);
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness.stores, id);
      expect(await cancel(cancellation)).toEqual({ outcome: 'cancelled' });
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await use(confirmation)).toBe('invalid');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      expect(await harness.stores.authTokenStore.findCaller(access)).not.toBeNull();
    });

    test('a change that took effect is undone: the former email is back, verified, and every session has ended', async () => {
      const { id, username, email } = await newAccount(newEmail(), { isVerified: false });
      const wanted = newEmail();
      const { cancellation } = await request(id, wanted);
      await confirm(id);
      const [session, bystander] = [
        await openSession(harness.stores, id),
        await openSession(harness.stores, (await newAccount()).id),
      ];
      expect(await cancel(cancellation)).toEqual({
        ...{ outcome: 'restored', username, email, replacedEmail: wanted },
      });
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
      expect([await findByEmail(wanted), await findByEmail(email ?? '')]).toEqual([null, id]);
      expect(await harness.stores.authTokenStore.findCaller(session.access)).toBeNull();
      expect(await harness.stores.authTokenStore.findCaller(bystander.access)).not.toBeNull();
      expect(await cancel(cancellation)).toEqual({ outcome: 'invalid' });
      expect(await changes(id)).toEqual([]);
    });

    test('a reset that was sent to the former address before the change does not work once the change is undone', async () => {
      const { id, username, email } = await newAccount();
      const { oneTimeTokenStore } = harness.stores;
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
      await harness.advance(30 * leaseMs);
      expect(await changes(id)).toHaveLength(1);
      expect((await cancel(pending.cancellation)).outcome).toBe('cancelled');
      const inTime = await request(id, newEmail());
      await confirm(id);
      await harness.advance(leaseMs - 60_000);
      expect((await cancel(inTime.cancellation)).outcome).toBe('restored');
      const late = await request(id, newEmail());
      await confirm(id);
      await harness.advance(leaseMs);
      expect(await changes(id)).toEqual([]);
      expect((await cancel(late.cancellation)).outcome).toBe('invalid');
      expect((await emailsOf(id)).email).not.toBe(email);
    });

    test('of two changes in a row, the later one is pending, and the links of the earlier one are invalid', async () => {
      const { id, email } = await newAccount();
      const [first, second] = [newEmail(), newEmail()];
      const earlier = await request(id, first);
      const { confirmation } = await issueConfirmation(harness.stores, id);
      const later = await request(id, second);
      expect(await use(confirmation)).toBe('invalid');
      expect((await cancel(earlier.cancellation)).outcome).toBe('invalid');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: second });
      expect(await confirm(id)).toBe('changed');
      expect((await cancel(later.cancellation)).outcome).toBe('restored');
      expect((await emailsOf(id)).email).toBe(email);
    });

    test('after two changes, a cancellation by the first address undoes both', async () => {
      const { id, email } = await newAccount();
      const owners = await request(id, newEmail());
      await confirm(id);
      const strangers = await request(id, newEmail());
      await confirm(id);
      const third = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness.stores, id);
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
      const { confirmation } = await issueConfirmation(harness.stores, id);
      const spelled = email?.toUpperCase() ?? '';
      expect((await request(id, spelled)).outcome).toBe('changed');
      expect(await emailsOf(id)).toEqual({ email: spelled, isVerified: true, pending: null });
      expect(await use(confirmation)).toBe('invalid');
      expect((await cancel(cancellation)).outcome).toBe('invalid');
    });

    test('an email changed by an administrator is pending until it is confirmed; it cannot be cancelled, nor can earlier changes', async () => {
      const { id, email } = await newAccount();
      const { userStore } = harness.stores;
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
      expect((await harness.stores.userStore.create(heir)).outcome).toBe('created');
      expect(await confirm(owner.id)).toBe('email_taken');
      expect(await emailsOf(owner.id)).toEqual({ email: owner.email, isVerified: true, pending: wanted });
    });

    test('a confirmation whose address was taken works once the address is free', async () => {
      const { id } = await newAccount();
      const wanted = newEmail();
      await request(id, wanted);
      const { confirmation } = await issueConfirmation(harness.stores, id);
      const holder = await newAccount(wanted, { isVerified: false });
      expect(await use(confirmation)).toBe('email_taken');
      await harness.stores.userStore.erase(holder.id);
      expect(await use(confirmation)).toBe('changed');
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

    test('a password reset drops a pending change that was requested before it', async () => {
      const { id, email } = await newAccount();
      const { cancellation } = await request(id, newEmail());
      const { confirmation } = await issueConfirmation(harness.stores, id);
      const digest = newDigest();
      const { oneTimeTokenStore } = harness.stores;
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
      await harness.stores.userStore.changePassword(newPassword(id));
      expect((await harness.stores.userStore.changeProfile(change)).outcome).toBe('stale');
      expect(await emailsOf(id)).toEqual({ email, isVerified: true, pending: null });
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

    test('nothing is confirmed or cancelled for a disabled or erased account', async () => {
      const { stores } = harness;
      const [disabled, erased] = [await newAccount(), await newAccount()];
      for (const { id } of [disabled, erased]) {
        const { cancellation } = await request(id, newEmail());
        const { confirmation } = await issueConfirmation(stores, id);
        if (id === disabled.id) await harness.disable(id);
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
        const { confirmation } = await issueConfirmation(harness.stores, id);
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
          confirmations.push((await issueConfirmation(harness.stores, id)).confirmation);
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
      const { confirmation } = await issueConfirmation(harness.stores, id);
      const confirmed = await Promise.all(Array.from({ length: 20 }, () => use(confirmation)));
      expect(confirmed.filter((outcome) => outcome === 'changed')).toHaveLength(1);
      const cancelled = await Promise.all(Array.from({ length: 20 }, () => cancel(cancellation)));
      expect(cancelled.filter(({ outcome }) => outcome === 'restored')).toHaveLength(1);
      expect((await emailsOf(id)).email).toBe(email);
    });

    test('after a cancellation in parallel with a registration of the former address, one account has it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id, email } = await newAccount();
        const { cancellation } = await request(id, newEmail());
        await confirm(id);
        const rival = newUser(0, { email, emailKey: email?.toLowerCase() ?? null });
        const [cancelled] = await Promise.all([
          cancel(cancellation),
          harness.stores.userStore.create(rival).catch(() => null),
        ]);
        const holder = await findByEmail(email ?? '');
        expect(holder).toBe(cancelled.outcome === 'restored' ? id : rival.id);
      }
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

    test('when a change is undone, sessions end and API keys stay', async () => {
      const { id } = await newAccount();
      const { sessionId } = await openSession(harness.stores, id);
      const { authToken } = await createKey(harness.stores, { userId: id, sessionId });
      const { cancellation } = await request(id, newEmail());
      await confirm(id);
      await cancel(cancellation);
      expect((await createKey(harness.stores, { userId: id, sessionId })).created.outcome).toBe(
        'session_ended',
      );
      expect(await harness.stores.apiKeyStore.findCaller(authToken)).not.toBeNull();
    });

    test('changes that can no longer be cancelled are purged, and no others', async () => {
      const { emailChangeStore } = harness.stores;
      await emailChangeStore.purgeExpired();
      const [old, pending] = [await newAccount(), await newAccount()];
      await request(old.id, newEmail());
      await confirm(old.id);
      await request(pending.id, newEmail());
      await harness.advance(leaseMs);
      expect(await emailChangeStore.purgeExpired()).toBeGreaterThanOrEqual(1);
      expect(await emailChangeStore.purgeExpired()).toBe(0);
      expect(await changes(pending.id)).toHaveLength(1);
    });
  });
}
