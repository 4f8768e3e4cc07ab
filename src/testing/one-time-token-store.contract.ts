import { expect } from 'expect';
import type { AuthTokenReference, OneTimeKind } from '../domain/auth/auth-token.js';
import type { Stores } from '../ports/stores.js';
import {
  confirmEmail,
  createKey,
  newDigest,
  newId,
  openSession as openSessionIn,
  requestEmail,
} from './accounts.js';
import { openedHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const ttlMs = 60 * 60 * 1000;
const newHash = 'the new hash';

/** The adapter that is tested, and what its tests require. */
export interface OneTimeTokenHarness {
  stores: Stores;
  /** Disables an account, as an administrator would. */
  disable(username: string): Promise<void>;
  /** Makes every one-time auth token `ms` milliseconds older. */
  ageOneTimeTokens(ms: number): Promise<void>;
  /** Closes what was opened, and deletes its data. */
  close(): Promise<void>;
}

/**
 * Runs the contract of `OneTimeTokenStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param open Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { oneTimeTokenStoreContract, type OneTimeTokenHarness } from 'metered-chat/testing';
 *
 * declare function openTokens(): Promise<OneTimeTokenHarness>;
 * oneTimeTokenStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openTokens);
 * ```
 */
export function oneTimeTokenStoreContract(
  runner: TestRunner,
  name: string,
  open: () => Promise<OneTimeTokenHarness>,
): void {
  const { describe, test } = runner;
  describe(`one-time token store: ${name}`, () => {
    const harness = openedHarness(runner, open);

    const store = () => harness().stores.oneTimeTokenStore;

    async function newAccount(withEmail = true) {
      const id = newId();
      const [username, email] = [`User_${id}`, withEmail ? `Mail_${id}@Example.com` : null];
      const created = await harness().stores.userStore.create({
        ...{ id, username, usernameKey: username.toLowerCase() },
        ...{ email, emailKey: email?.toLowerCase() ?? null },
        ...{ passwordHash: 'the old hash', role: 'user' },
        openingGrant: { entryId: newId(), amount: 0 },
      });
      expect(created.outcome).toBe('created');
      return { id, username, email, emailKey: email?.toLowerCase() ?? '' };
    }

    type Account = Awaited<ReturnType<typeof newAccount>>;

    async function issue(
      kind: OneTimeKind,
      account: Account,
      lifetimeMs = ttlMs,
    ): Promise<AuthTokenReference> {
      const digest = newDigest();
      const addressee =
        kind === 'email_confirmation'
          ? await store().issueConfirmation({ userId: account.id, digest, ttlMs: lifetimeMs })
          : await store().issueReset({ emailKey: account.emailKey, digest, ttlMs: lifetimeMs });
      expect(addressee).toEqual({ userId: account.id, username: account.username, email: account.email });
      return { kind, userId: account.id, digest };
    }

    const use = (presented: AuthTokenReference, as: OneTimeKind = presented.kind as OneTimeKind) =>
      as === 'email_confirmation'
        ? store()
            .confirmEmail(presented, { cancellableMs: ttlMs })
            .then((outcome) => outcome !== 'invalid')
        : store()
            .resetPassword(presented, newHash)
            .then((reset) => reset !== null);

    async function stateOf({ id }: Account) {
      const found = await harness().stores.userStore.findById(id);
      return { verified: found?.user.emailVerified, passwordHash: found?.passwordHash };
    }

    const untouched = { verified: false, passwordHash: 'the old hash' };

    async function changeEmail({ id }: Account, email: string | null) {
      await requestEmail(harness().stores, id, email);
      if (email !== null) expect(await confirmEmail(harness().stores, id)).toBe('changed');
    }

    async function openSession({ id }: Account, passwordVersion = 1) {
      return (await openSessionIn(harness().stores, id, passwordVersion)).access;
    }

    test('a confirmation verifies the email, once', async () => {
      const account = await newAccount();
      const presented = await issue('email_confirmation', account);
      expect(await use(presented)).toBe(true);
      expect(await stateOf(account)).toEqual({ ...untouched, verified: true });
      expect(await use(presented)).toBe(false);
    });

    test('a reset replaces the password, verifies the email and ends every session and API key, once', async () => {
      const account = await newAccount();
      const bystander = await openSession(await newAccount());
      const sessions = [await openSession(account), await openSession(account)];
      const { sessionId } = await openSessionIn(harness().stores, account.id);
      const { authToken: key } = await createKey(harness().stores, { userId: account.id, sessionId });
      await createKey(harness().stores, { userId: account.id, sessionId });
      const presented = await issue('password_reset', account);
      expect(await store().findResetOwner(presented)).toEqual({
        username: account.username,
        email: account.email,
      });
      expect(await store().resetPassword(presented, newHash)).toEqual({ removedKeys: 2 });
      expect(await stateOf(account)).toEqual({ verified: true, passwordHash: newHash });
      const callers = [...sessions, bystander].map((each) =>
        harness().stores.authTokenStore.findCaller(each),
      );
      expect((await Promise.all(callers)).map((caller) => caller !== null)).toEqual([false, false, true]);
      expect(await harness().stores.apiKeyStore.findCaller(key)).toBeNull();
      expect(await harness().stores.apiKeyStore.keys(account.id)).toEqual([]);
      expect(await store().findResetOwner(presented)).toBeNull();
      expect(await use(presented)).toBe(false);
    });

    test('the old password opens no session after a reset, even in parallel with it', async () => {
      const account = await newAccount();
      for (let version = 1; version <= 20; version += 1) {
        const presented = await issue('password_reset', account);
        const [session, works] = await Promise.all([openSession(account, version), use(presented)]);
        expect(works).toBe(true);
        expect(await harness().stores.authTokenStore.findCaller(session)).toBeNull();
        const late = await openSession(account, version);
        expect(await harness().stores.authTokenStore.findCaller(late)).toBeNull();
      }
    });

    test('a key that is created in parallel with a reset does not work afterwards', async () => {
      const account = await newAccount();
      for (let version = 1; version <= 20; version += 1) {
        const { sessionId } = await openSessionIn(harness().stores, account.id, version);
        const presented = await issue('password_reset', account);
        const [created, works] = await Promise.all([
          createKey(harness().stores, { userId: account.id, sessionId }),
          use(presented),
        ]);
        expect(works).toBe(true);
        expect(await harness().stores.apiKeyStore.findCaller(created.authToken)).toBeNull();
      }
    });

    for (const kind of ['email_confirmation', 'password_reset'] as const) {
      test(`of 50 parallel uses of one ${kind}, one works`, async () => {
        const presented = await issue(kind, await newAccount());
        const uses = await Promise.all(Array.from({ length: 50 }, () => use(presented)));
        expect(uses.filter(Boolean)).toHaveLength(1);
      });
    }

    for (const kind of ['email_confirmation', 'password_reset'] as const) {
      test(`a newer ${kind} replaces the older one`, async () => {
        const account = await newAccount();
        const older = await issue(kind, account);
        const newer = await issue(kind, account);
        expect(await store().findResetOwner(older)).toBeNull();
        expect(await use(older)).toBe(false);
        expect(await stateOf(account)).toEqual(untouched);
        expect(await use(newer)).toBe(true);
      });
    }

    test('of 20 that are issued in parallel, exactly one is valid', async () => {
      const account = await newAccount();
      const issued = await Promise.all(Array.from({ length: 20 }, () => issue('password_reset', account)));
      const owners = await Promise.all(issued.map((each) => store().findResetOwner(each)));
      expect(owners.filter((owner) => owner !== null)).toHaveLength(1);
    });

    test('an account can have one of each kind, and none is accepted as the other', async () => {
      const account = await newAccount();
      const confirmation = await issue('email_confirmation', account);
      const reset = await issue('password_reset', account);
      expect(await use(reset, 'email_confirmation')).toBe(false);
      expect(await use(confirmation, 'password_reset')).toBe(false);
      expect(await store().findResetOwner(confirmation)).toBeNull();
      expect(await use({ ...reset, kind: 'email_confirmation' })).toBe(false);
      expect(await use({ ...confirmation, kind: 'password_reset' })).toBe(false);
      expect(await stateOf(account)).toEqual(untouched);
      expect([await use(confirmation), await use(reset)]).toEqual([true, true]);
    });

    for (const kind of ['email_confirmation', 'password_reset'] as const) {
      test(`a ${kind} works until it expires`, async () => {
        const account = await newAccount();
        const presented = await issue(kind, account);
        await harness().ageOneTimeTokens(ttlMs);
        expect(await store().findResetOwner(presented)).toBeNull();
        expect(await use(presented)).toBe(false);
        expect(await stateOf(account)).toEqual(untouched);
        const longer = await issue(kind, account, 2 * ttlMs);
        await harness().ageOneTimeTokens(ttlMs);
        expect(await use(longer)).toBe(true);
      });
    }

    for (const kind of ['email_confirmation', 'password_reset'] as const) {
      test(`a ${kind} is invalid once the account has another email`, async () => {
        const account = await newAccount();
        const presented = await issue(kind, account);
        const email = `other-${account.emailKey}`;
        await changeEmail(account, email);
        expect(await store().findResetOwner(presented)).toBeNull();
        expect(await use(presented)).toBe(false);
        expect(await stateOf(account)).toEqual({ ...untouched, verified: true });
        const further = await issue('password_reset', { ...account, email, emailKey: email });
        await changeEmail(account, null);
        expect(await use(further)).toBe(false);
        expect(await stateOf(account)).toEqual(untouched);
      });
    }

    test('an email that is removed in parallel with its confirmation is not verified', async () => {
      const accounts = await Promise.all(Array.from({ length: 20 }, () => newAccount()));
      await Promise.all(
        accounts.map(async (account) => {
          const presented = await issue('email_confirmation', account);
          await Promise.all([use(presented), changeEmail(account, null)]);
          expect(await stateOf(account)).toEqual(untouched);
        }),
      );
    });

    for (const kind of ['email_confirmation', 'password_reset'] as const) {
      test(`a ${kind} of another account, or with another digest, is invalid`, async () => {
        const account = await newAccount();
        const presented = await issue(kind, account);
        const other = await newAccount();
        for (const wrong of [{ userId: other.id }, { userId: newId() }, { digest: newDigest() }]) {
          expect(await store().findResetOwner({ ...presented, ...wrong })).toBeNull();
          expect(await use({ ...presented, ...wrong })).toBe(false);
        }
        expect([await stateOf(account), await stateOf(other)]).toEqual([untouched, untouched]);
      });
    }

    test('nothing is issued to an account that gets no mail', async () => {
      const [nameless, verified, disabled] = [
        await newAccount(false),
        await newAccount(),
        await newAccount(),
      ];
      await use(await issue('email_confirmation', verified));
      await harness().disable(disabled.username);
      const issueTo = (userId: string) => store().issueConfirmation({ userId, digest: newDigest(), ttlMs });
      for (const id of [nameless.id, verified.id, disabled.id, newId()]) expect(await issueTo(id)).toBeNull();
      for (const emailKey of [disabled.emailKey, `unknown-${newId()}@example.com`, '']) {
        expect(await store().issueReset({ emailKey, digest: newDigest(), ttlMs })).toBeNull();
      }
    });

    test('auth tokens of an account that has been disabled since are invalid', async () => {
      const account = await newAccount();
      const issued = [await issue('email_confirmation', account), await issue('password_reset', account)];
      await harness().disable(account.username);
      expect(await Promise.all(issued.map((each) => use(each)))).toEqual([false, false]);
      expect(await stateOf(account)).toEqual(untouched);
    });

    test('expired auth tokens are purged, and nothing else', async () => {
      await store().purgeExpired();
      const [old, young] = [await newAccount(), await newAccount()];
      await issue('password_reset', old);
      await issue('email_confirmation', old);
      const kept = await issue('password_reset', young, 3 * ttlMs);
      await harness().ageOneTimeTokens(ttlMs);
      expect(await store().purgeExpired()).toBeGreaterThanOrEqual(2);
      expect(await store().purgeExpired()).toBe(0);
      expect(await use(kept)).toBe(true);
    });
  });
}
