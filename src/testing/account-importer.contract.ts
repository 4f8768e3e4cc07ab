import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { expect } from 'expect';
import type { Stores } from '../ports/stores.js';
import { isSound } from '../domain/ledger/invariants.js';
import type { ImportedAccount } from '../ports/account-importer.js';
import { openHold, settlementOf } from './accounts.js';
import type { TestRunner } from './test-runner.js';

const minuteMs = 60_000;
const joinedAt = new Date('2021-02-03T04:05:06.789Z');

/** The adapter that is tested, and what its tests require. */
export interface ImporterHarness {
  stores: Stores;
  /** Closes what was opened, and deletes its data. */
  close(): Promise<void>;
}

/** Returns an account with names and a source digest of its own. */
function importedAccount(overrides: Partial<ImportedAccount> = {}): ImportedAccount {
  const id = newId();
  return {
    sourceDigest: newDigest(),
    user: {
      id,
      username: `User_${id}`,
      usernameKey: `user_${id}`,
      email: `${id}@Example.org`,
      emailKey: `${id}@example.org`,
      passwordHash: `hash of ${id}`,
      role: 'user',
      status: 'active',
      createdAt: joinedAt,
    },
    openingGrant: { entryId: newId(), amount: 3800 },
    exchanges: [importedExchange(1), importedExchange(2)],
    authTokens: [importedAuthToken()],
    accessTtlMs: minuteMs,
    ...overrides,
  };
}

function newDigest(): string {
  return randomBytes(32).toString('hex');
}

function importedAuthToken(digest = newDigest()) {
  return { sessionId: newId(), pairId: newId(), digest, createdAt: joinedAt };
}

/** Returns the exchange of that second of 2022. */
function importedExchange(second: number, overrides: Partial<ImportedAccount['exchanges'][number]> = {}) {
  const createdAt = new Date(Date.UTC(2022, 0, 1, 0, 0, second));
  const id = newId({ msecs: createdAt.getTime() });
  return { id, message: `Message ${second}`, reply: `Reply ${second}`, createdAt, ...overrides };
}

/**
 * Runs the contract of `AccountImporter` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param open Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { accountImporterContract, type ImporterHarness } from 'metered-chat/testing';
 *
 * declare function openImporter(): Promise<ImporterHarness>;
 * accountImporterContract({ afterAll, beforeAll, describe, test }, 'my database', openImporter);
 * ```
 */
export function accountImporterContract(
  runner: TestRunner,
  name: string,
  open: () => Promise<ImporterHarness>,
): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`account importer: ${name}`, () => {
    let stores: Stores;
    let harness: ImporterHarness;
    beforeAll(async () => {
      harness = await open();
      stores = harness.stores;
    });
    afterAll(() => harness.close());

    const bring = (account: ImportedAccount) => stores.accountImporter.importAccount(account);
    const history = (userId: string) => stores.holdLedger.exchanges(userId, { limit: 100, before: null });
    const digestOf = (account: ImportedAccount) => account.authTokens[0]?.digest ?? '';
    const expectSound = async () => {
      const report = await stores.ledgerAudit.inspect();
      if (!isSound(report)) throw new Error(`Broken: ${JSON.stringify(report.broken)}`);
    };
    const expectNothingOf = async ({ sourceDigest, user, authTokens }: ImportedAccount) => {
      expect(await stores.accountImporter.hasImported(sourceDigest)).toBe(false);
      expect(await stores.userStore.findById(user.id)).toBeNull();
      expect(await stores.creditLedger.balance(user.id)).toBeNull();
      expect((await stores.creditLedger.entries(user.id, { limit: 1, before: null })).results).toEqual([]);
      expect((await history(user.id)).results).toEqual([]);
      for (const { digest } of authTokens) {
        const caller = await stores.authTokenStore.findImportedCaller(digest);
        expect(caller?.user.id).not.toBe(user.id);
      }
      await expectSound();
    };

    test('an account is imported with its names, dates, role, password, balance, opening grant and history', async () => {
      const account = importedAccount();
      account.user.role = 'admin';
      expect(await stores.accountImporter.hasImported(account.sourceDigest)).toBe(false);
      expect(await bring(account)).toBe('imported');
      expect(await stores.accountImporter.hasImported(account.sourceDigest)).toBe(true);
      const { id, username, usernameKey, email, emailKey, passwordHash } = account.user;
      const profile = { id, username, email, emailVerified: false, role: 'admin', status: 'active' };
      const expected = { user: { ...profile, createdAt: joinedAt }, passwordHash, passwordVersion: 1 };
      expect(await stores.userStore.findByName({ usernameKey })).toEqual(expected);
      expect(await stores.userStore.findByName({ emailKey: emailKey ?? '' })).toEqual(expected);
      expect(await stores.creditLedger.balance(id)).toEqual({ balance: 3800, held: 0 });
      const entries = await stores.creditLedger.entries(id, { limit: 10, before: null });
      expect(entries.results).toMatchObject([
        {
          id: account.openingGrant.entryId,
          kind: 'grant',
          amount: 3800,
          balanceAfter: 3800,
          exchangeId: null,
        },
      ]);
      const base = { userId: id, conversationId: null, model: 'imported', status: 'imported', usage: null };
      const free = { price: null, held: 0, holdState: 'none', captured: null, balanceAfter: null };
      const blank = { repliedBy: null, toolCalls: null, finishReason: null, requestFingerprint: null };
      const flags = { beginsConversation: false, isErased: false };
      const chat = { action: 'chat', units: null, details: null, keyId: null, endKey: null };
      const covered = { taken: 0, uncollected: 0 };
      expect((await history(id)).results).toEqual(
        [...account.exchanges]
          .reverse()
          .map((exchange) => ({ ...base, ...free, ...blank, ...flags, ...chat, ...covered, ...exchange })),
      );
      await expectSound();
    });

    test('an imported account can spend credits, and its ledger stays sound', async () => {
      const account = importedAccount();
      await bring(account);
      const exchange = await openHold(stores, account.user.id);
      await stores.holdLedger.settle(settlementOf(exchange, 100));
      expect(await stores.creditLedger.balance(account.user.id)).toEqual({ balance: 3700, held: 0 });
      const statuses = (await history(account.user.id)).results.map(({ status }) => status);
      expect(statuses).toEqual(['completed', 'imported', 'imported']);
      await expectSound();
    });

    test('an account may have no email, no date, no balance, no replies, no history and no auth token', async () => {
      const account = importedAccount({ exchanges: [], authTokens: [] });
      Object.assign(account.user, { email: null, emailKey: null, createdAt: null, status: 'disabled' });
      account.openingGrant.amount = 0;
      expect(await bring(account)).toBe('imported');
      const found = await stores.userStore.findById(account.user.id);
      expect(found?.user).toMatchObject({ email: null, status: 'disabled' });
      expect(found?.user.createdAt.getTime()).toBeGreaterThan(joinedAt.getTime());
      expect(
        (await stores.creditLedger.entries(account.user.id, { limit: 1, before: null })).results,
      ).toEqual([]);
      const withoutReply = importedAccount({ exchanges: [importedExchange(1, { reply: null })] });
      expect(await bring(withoutReply)).toBe('imported');
      expect((await history(withoutReply.user.id)).results).toMatchObject([{ reply: null }]);
      await expectSound();
    });

    test('a source digest is imported once, even if its account has been erased since', async () => {
      const first = importedAccount();
      await bring(first);
      const again = importedAccount({ sourceDigest: first.sourceDigest });
      expect(await bring(again)).toBe('already_imported');
      expect(await stores.userStore.findById(again.user.id)).toBeNull();
      expect(await stores.userStore.erase(first.user.id)).toBe('erased');
      expect(await bring(again)).toBe('already_imported');
      expect(await stores.userStore.findById(again.user.id)).toBeNull();
      await expectSound();
    });

    test('of ten parallel imports with one source digest, one imports the account', async () => {
      const { sourceDigest, user } = importedAccount();
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => {
          const other = importedAccount({ sourceDigest });
          return bring({ ...other, user: { ...user, id: other.user.id } });
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'already_imported')).toHaveLength(9);
      await expectSound();
    });

    test('of ten parallel imports with one name, one imports its account', async () => {
      const { usernameKey } = importedAccount().user;
      const accounts = Array.from({ length: 10 }, () => importedAccount());
      for (const { user } of accounts) user.usernameKey = usernameKey;
      const outcomes = await Promise.all(accounts.map(bring));
      expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'username_taken')).toHaveLength(9);
      await expectSound();
    });

    test('nothing is imported of an account whose name or auth token another account has', async () => {
      const first = importedAccount();
      await bring(first);
      const sameUsername = importedAccount();
      sameUsername.user.usernameKey = first.user.usernameKey;
      const sameEmail = importedAccount();
      sameEmail.user.emailKey = first.user.emailKey;
      const sameAuthToken = importedAccount({ authTokens: [importedAuthToken(digestOf(first))] });
      const twoOfOne = importedAccount({
        authTokens: [importedAuthToken('ab'.repeat(32)), importedAuthToken('ab'.repeat(32))],
      });
      expect(await bring(sameUsername)).toBe('username_taken');
      expect(await bring(sameEmail)).toBe('email_taken');
      expect(await bring(sameAuthToken)).toBe('auth_token_taken');
      expect(await bring(twoOfOne)).toBe('auth_token_taken');
      for (const refused of [sameUsername, sameEmail, sameAuthToken, twoOfOne])
        await expectNothingOf(refused);
    });

    test('nothing is imported of an account with an invalid chat or balance, and it can be imported later', async () => {
      const exchange = importedExchange(1);
      const account = importedAccount({ exchanges: [importedExchange(0), exchange, exchange] });
      await expect(bring(account)).rejects.toThrow();
      await expectNothingOf(account);
      const negative = importedAccount({ openingGrant: { entryId: newId(), amount: -1 } });
      await expect(bring(negative)).rejects.toThrow();
      await expectNothingOf(negative);
      expect(await bring({ ...account, exchanges: [exchange] })).toBe('imported');
    });

    test('a long history is imported completely, in its order', async () => {
      const exchanges = Array.from({ length: 2100 }, (_, index) => importedExchange(index));
      const long = importedExchange(5000, { message: 'm'.repeat(1_100_000) });
      const account = importedAccount({ exchanges: [...exchanges, long] });
      expect(await bring(account)).toBe('imported');
      const found: string[] = [];
      let before: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof history>> = await stores.holdLedger.exchanges(account.user.id, {
          limit: 100,
          before,
        });
        found.push(...page.results.map(({ id }) => id));
        before = page.next;
      } while (before !== null);
      expect(found.reverse()).toEqual(account.exchanges.map(({ id }) => id));
    });

    test('texts are imported byte for byte', async () => {
      const texts = [
        ' 😀 👩‍👩‍👧‍👦 e\u0301 \u202eback\u202c ',
        `'single' "double" \\n \\u0000 $1 %s {"json": [null]}`,
        '\u0001\u001b\u007f\u009f\u200b\ufffe\uffff\ufeff\r\n\u2028',
        '',
      ];
      const exchanges = texts.map((text, index) => importedExchange(index, { message: text, reply: text }));
      const account = importedAccount({ exchanges });
      await bring(account);
      const kept = (await history(account.user.id)).results.reverse();
      expect(kept.map(({ message }) => message)).toEqual(texts);
      expect(kept.map(({ reply }) => reply)).toEqual(texts);
    });

    test('an auth token is found by its digest alone, in a session of its own, and only as an access token', async () => {
      const { authTokenStore, apiKeyStore } = stores;
      const account = importedAccount({ authTokens: [importedAuthToken(), importedAuthToken()] });
      const { id: userId } = account.user;
      await bring(account);
      const sessionIds = account.authTokens.map(({ sessionId }) => sessionId);
      for (const { digest, sessionId } of account.authTokens) {
        expect(await authTokenStore.findImportedCaller(digest)).toMatchObject({
          user: { id: userId },
          by: { kind: 'session', sessionId },
        });
        const pair = newPair(userId);
        const presented = { kind: 'refresh', userId, digest } as const;
        expect(await authTokenStore.refreshSession({ presented, pair, graceMs: minuteMs })).toEqual({
          outcome: 'unknown',
        });
        expect(await authTokenStore.findCaller(presented)).toBeNull();
        expect(await apiKeyStore.findCaller({ ...presented, kind: 'api_key' })).toBeNull();
      }
      const sessions = await authTokenStore.sessions(userId);
      expect(sessions.map(({ id }) => id).sort()).toEqual([...sessionIds].sort());
      expect(sessions[0]?.createdAt).toEqual(joinedAt);
      expect(await authTokenStore.findImportedCaller(newDigest())).toBeNull();
    });

    test('an access token that was not imported is not found by its digest alone', async () => {
      const account = importedAccount();
      await bring(account);
      const pair = newPair(account.user.id);
      await stores.authTokenStore.openSession({
        userId: account.user.id,
        passwordVersion: 1,
        sessionId: newId(),
        pair,
        userAgent: null,
      });
      expect(await stores.authTokenStore.findCaller(pair.access)).not.toBeNull();
      expect(await stores.authTokenStore.findImportedCaller(pair.access.digest)).toBeNull();
      expect(await stores.authTokenStore.findImportedCaller(pair.refresh.digest)).toBeNull();
    });

    test('an imported auth token ends with its session, at its expiry, and with its account', async () => {
      const find = (account: ImportedAccount) => stores.authTokenStore.findImportedCaller(digestOf(account));
      const [signedOut, expired, disabled, erased] = [
        importedAccount(),
        importedAccount({ accessTtlMs: 0 }),
        importedAccount(),
        importedAccount(),
      ];
      disabled.user.status = 'disabled';
      for (const account of [signedOut, expired, disabled, erased])
        expect(await bring(account)).toBe('imported');
      expect(await find(signedOut)).not.toBeNull();
      await stores.authTokenStore.endSession(signedOut.user.id, signedOut.authTokens[0]?.sessionId ?? '');
      expect(await find(erased)).not.toBeNull();
      await stores.userStore.erase(erased.user.id);
      for (const account of [signedOut, expired, disabled, erased]) expect(await find(account)).toBeNull();
      expect(await stores.authTokenStore.sessions(expired.user.id)).toEqual([]);
      await stores.authTokenStore.purgeExpired();
      const other = importedAccount({ authTokens: [importedAuthToken(digestOf(expired))] });
      expect(await bring(other)).toBe('imported');
      expect((await find(other))?.user.id).toBe(other.user.id);
    });

    test('a password hash is replaced once, by a caller that knows the current one', async () => {
      const { user } = importedAccount();
      await bring(importedAccount({ user }));
      const renew = (from: string, to: string) =>
        stores.userStore.renewPasswordHash({ userId: user.id, from, to });
      expect(await renew('another', 'wrong')).toBe(false);
      const renewed = await Promise.all(
        Array.from({ length: 10 }, (_, index) => renew(user.passwordHash, `new ${index}`)),
      );
      expect(renewed.filter(Boolean)).toHaveLength(1);
      const kept = await stores.userStore.findById(user.id);
      expect(kept?.passwordHash).toBe(`new ${renewed.indexOf(true)}`);
      expect(await stores.userStore.renewPasswordHash({ userId: newId(), from: 'a', to: 'b' })).toBe(false);
    });
  });
}

function newPair(userId: string) {
  const [access, refresh] = [newDigest(), newDigest()];
  return {
    id: newId(),
    access: { kind: 'access' as const, userId, digest: access },
    accessTtlMs: minuteMs,
    refresh: { kind: 'refresh' as const, userId, digest: refresh },
    refreshTtlMs: minuteMs,
  };
}
