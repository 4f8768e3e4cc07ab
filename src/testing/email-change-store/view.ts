import { expect } from 'expect';
import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { confirmEmail, leaseMs, newId, newUser, requestEmail } from '../accounts.js';

/** What the suites of `EmailChangeStore` share; the harness is open only while tests run. */
export type EmailChangeView = ReturnType<typeof emailChangeView>;

/** Returns what the suites of `EmailChangeStore` share. */
export function emailChangeView(runner: TestRunner, harness: () => StoreHarness) {
  const newEmail = () => `Mail_${newId()}@Example.org`;
  const changes = (userId: string) => harness().stores.emailChangeStore.changes(userId);
  return {
    runner,
    harness,
    /** Returns an email that is used nowhere else. */
    newEmail,
    /** Creates an account with an email of its own, optionally confirmed; null for none. */
    newAccount: async (email: string | null = newEmail(), { isVerified = true } = {}) => {
      const user = newUser(0, { email, emailKey: email?.toLowerCase() ?? null });
      expect((await harness().stores.userStore.create(user)).outcome).toBe('created');
      if (email !== null && isVerified)
        expect(await confirmEmail(harness().stores, user.id)).toBe('verified');
      return { id: user.id, username: user.username, email };
    },
    request: (userId: string, email: string | null) => requestEmail(harness().stores, userId, email),
    confirm: (userId: string) => confirmEmail(harness().stores, userId),
    cancel: (presented: AuthTokenReference) => harness().stores.emailChangeStore.cancel(presented),
    /** Returns the changes that can be confirmed or cancelled. */
    changes,
    /** Uses the auth token of a confirmation. */
    use: (confirmation: AuthTokenReference) =>
      harness().stores.oneTimeTokenStore.confirmEmail(confirmation, { cancellableMs: leaseMs }),
    /** Returns the current email, whether it is verified, and the pending one. */
    emailsOf: async (userId: string) => {
      const found = await harness().stores.userStore.findById(userId);
      const listed = await harness().stores.userDirectory.find(userId);
      const pending =
        (await changes(userId)).find(({ tookEffectAt }) => tookEffectAt === null)?.email ?? null;
      expect(listed?.pendingEmail ?? null).toBe(pending);
      return { email: found?.user.email, isVerified: found?.user.emailVerified, pending };
    },
    /** Returns the id of the account that is found by an email. */
    findByEmail: async (email: string) =>
      (await harness().stores.userStore.findByName({ emailKey: email.toLowerCase() }))?.user.id ?? null,
  };
}
