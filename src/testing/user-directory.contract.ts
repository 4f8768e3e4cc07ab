import { expect } from 'expect';
import { unknownOrigin, type AuditAction } from '../domain/audit/audit-event.js';
import { everyItem, type PageRequest } from '../domain/page.js';
import type { UserPlace, UserQuery } from '../ports/user-directory.js';
import {
  actionSettlementOf,
  createAccount,
  newDigest,
  newId,
  newUser,
  openActionHold,
  openHold,
  settlementOf,
} from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const everyUser: UserQuery = {
  text: null,
  emailText: null,
  role: null,
  status: null,
  from: null,
  to: null,
  sort: 'created_at',
  isDescending: true,
};

/**
 * Runs the contract of `UserDirectory` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { userDirectoryContract } from 'metered-chat/testing';
 *
 * userDirectoryContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function userDirectoryContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`user directory: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    /** Accounts that a search for the mark alone finds. */
    async function create(mark: string, names: readonly string[], credits: readonly number[] = []) {
      for (const [index, part] of names.entries()) {
        const username = `${part}.${mark}`;
        const named = { username, usernameKey: username.toLowerCase() };
        await harness().stores.userStore.create(newUser(credits[index] ?? 0, named));
      }
    }
    const newMark = () => newDigest().slice(0, 20);
    const list = (query: Partial<UserQuery>, limit = 100) =>
      harness().stores.userDirectory.list({ ...everyUser, ...query }, { limit, before: null });

    async function firstParts(query: Partial<UserQuery>): Promise<(string | undefined)[]> {
      return (await list(query)).results.map(({ username }) => username.split('.')[0]);
    }

    test('an account alone is found with all that was never charged to it', async () => {
      const { userDirectory, holdLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 200);
      expect(await userDirectory.find(userId)).toMatchObject({ balance: 200, uncollected: 0 });
      const [first, second] = [
        await openActionHold(harness().stores, userId),
        await openHold(harness().stores, userId),
      ];
      await holdLedger.settle(actionSettlementOf(first, 130));
      await holdLedger.settle(settlementOf(second, 105));
      expect(await userDirectory.find(userId)).toMatchObject({ balance: 0, uncollected: 35 });
    });

    test('accounts are counted by the same filters as they are listed, up to a most', async () => {
      const { userDirectory } = harness().stores;
      const mark = newMark();
      await create(mark, ['ann', 'ben', 'cleo']);
      const count = (query: Partial<UserQuery>, most = 100) =>
        userDirectory.count({ ...everyUser, text: mark.toLowerCase(), ...query }, most);
      expect(await count({})).toBe(3);
      expect(await count({}, 2)).toBe(2);
      expect(await count({ text: `ben.${mark}`.toLowerCase() })).toBe(1);
      expect(await count({ role: 'admin' })).toBe(0);
      expect(await count({ to: new Date(0) })).toBe(0);
      expect(await count({ sort: 'balance', isDescending: false })).toBe(3);
    });

    test('an account is listed with its balance, its holds and when it was last seen', async () => {
      const { userDirectory, userStore, authTokenStore } = harness().stores;
      const email = `${newId()}@example.org`;
      const user = newUser(1000, { email, emailKey: email, role: 'admin' });
      await userStore.create(user);
      const shown = await userDirectory.find(user.id);
      expect(shown).toEqual({
        ...{ id: user.id, username: user.username, email, emailVerified: false, role: 'admin' },
        ...{
          status: 'active',
          createdAt: expect.any(Date),
          balance: 1000,
          held: 0,
          debt: 0,
          pendingEmail: null,
          lastSeenAt: null,
          lastSignedInAt: null,
          uncollected: 0,
        },
      });
      const [listed] = (await list({ text: email })).results;
      expect({ ...listed, uncollected: 0, debt: 0 }).toEqual(shown);

      await openHold(harness().stores, user.id, { hold: 300 });
      const pair = {
        id: newId(),
        access: { kind: 'access', userId: user.id, digest: newDigest() },
        accessTtlMs: 60_000,
        refresh: { kind: 'refresh', userId: user.id, digest: newDigest() },
        refreshTtlMs: 60_000,
      } as const;
      const opening = { userId: user.id, passwordVersion: 1, sessionId: newId(), pair };
      const session = { ...opening, isProof: true, userAgent: null };
      await authTokenStore.openSession(session);
      expect(await userDirectory.find(user.id)).toMatchObject({
        balance: 700,
        held: 300,
        lastSeenAt: expect.any(Date),
      });
      expect(await userDirectory.find(newId())).toBeNull();
    });

    test('an account was last active when it sent its last message or signed in, even if no session or key is left', async () => {
      const { auditLog, userDirectory } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      const lastSeenAt = async () => (await userDirectory.find(userId))?.lastSeenAt ?? null;
      expect(await lastSeenAt()).toBeNull();
      await openActionHold(harness().stores, userId);
      expect(await lastSeenAt()).toBeNull();
      const { exchangeId } = await openHold(harness().stores, userId);
      const sent = await harness().stores.recordSearch.exchange(exchangeId);
      expect(await lastSeenAt()).toEqual(sent?.createdAt);
      await harness().advance(60_000);
      await auditLog.record({
        ...{ id: newId(), action: 'signed_in', userId, actorId: null, serviceKeyId: null },
        ...{ subjectId: null, details: null, origin: unknownOrigin },
      });
      const [signedIn] = (await auditLog.events(userId, { limit: 1, before: null })).results;
      expect(await lastSeenAt()).toEqual(signedIn?.createdAt);
    });

    test('the last sign-in is the newest one, regardless of other events and accounts', async () => {
      const { auditLog, userDirectory, userStore } = harness().stores;
      const user = newUser(0);
      await userStore.create(user);
      const record = (action: AuditAction, userId: string, actorId: string | null = null) =>
        auditLog.record({
          ...{ id: newId(), action, userId, actorId, serviceKeyId: null },
          ...{ subjectId: user.id, details: null, origin: unknownOrigin },
        });
      const lastSignedInAt = async () => (await userDirectory.find(user.id))?.lastSignedInAt ?? null;
      await record('sign_in_failed', user.id);
      await record('signed_in', newId(), user.id);
      expect(await lastSignedInAt()).toBeNull();
      await record('signed_in', user.id);
      const first = await lastSignedInAt();
      expect(first).toEqual(expect.any(Date));
      await harness().advance(60_000);
      await record('signed_in', user.id);
      await record('signed_out', user.id);
      const [newest] = (await auditLog.events(user.id, { limit: 2, before: null })).results.slice(1);
      expect(await lastSignedInAt()).toEqual(newest?.createdAt);
      expect((await list({ text: user.usernameKey })).results).toMatchObject([
        { lastSignedInAt: newest?.createdAt },
      ]);
    });

    test('is searched by the creation of accounts, from one time (inclusive) to another (exclusive)', async () => {
      const mark = newMark();
      await create(mark, ['a', 'b']);
      const [newer, older] = (await list({ text: mark })).results.map(({ createdAt }) => createdAt);
      if (newer === undefined || older === undefined) throw new Error();
      const [before, after] = [new Date(older.getTime() - 1000), new Date(newer.getTime() + 1000)];
      for (const [range, expected] of [
        [{ from: before, to: after }, 2],
        [{ from: before }, 2],
        [{ from: after }, 0],
        [{ to: after }, 2],
        [{ to: before }, 0],
      ] as const) {
        for (const sort of ['created_at', 'username', 'balance'] as const) {
          const found = await list({ text: mark, sort, ...range });
          expect({ range, found: found.results.length }).toEqual({ range, found: expected });
        }
      }
      const rest = { ...everyUser, text: mark, from: before, to: after };
      const first = await harness().stores.userDirectory.list(rest, { limit: 1, before: null });
      const second = await harness().stores.userDirectory.list(rest, { limit: 1, before: first.next });
      expect([...first.results, ...second.results].map(({ username }) => username[0])).toEqual(['b', 'a']);
      expect(second.next).toBeNull();
    });

    test('is searched by a part of the name or email, role and status', async () => {
      const mark = newMark();
      await create(mark, ['anna', 'hanna', 'bert']);
      const email = `joanna@${mark}.example`;
      const joanna = newUser(0, { email, emailKey: email, role: 'admin' });
      await harness().stores.userStore.create(joanna);
      expect(await firstParts({ text: `anna.${mark}` })).toEqual(['hanna', 'anna']);
      expect((await list({ text: `anna@${mark}` })).results.map(({ id }) => id)).toEqual([joanna.id]);
      expect(await firstParts({ text: `bert.${mark}`, role: 'admin' })).toEqual([]);
      expect((await list({ text: mark, role: 'admin' })).results).toHaveLength(1);
      await harness().disable(joanna.id);
      expect((await list({ text: mark, status: 'disabled' })).results).toHaveLength(1);
      expect((await list({ text: mark, status: 'active' })).results).toHaveLength(3);
    });

    test('is searched by a part of an email as it was typed, or of its key', async () => {
      const mark = newMark();
      const ids: string[] = [];
      for (const email of [`Bob@Bücher.${mark}.example`, `bob@xn--bcher-kva.${mark}.example`]) {
        const emailKey = `${ids.length}bob@xn--bcher-kva.${mark}.example`;
        const user = newUser(0, { email, emailKey });
        await harness().stores.userStore.create(user);
        ids.push(user.id);
      }
      const found = async (query: Partial<UserQuery>) => (await list(query)).results.map(({ id }) => id);
      const [typed = '', ascii = ''] = ids;
      expect(await found({ text: `ücher.${mark}` })).toEqual([typed]);
      expect(await found({ text: `bob@bücher.${mark}` })).toEqual([typed]);
      const emailText = `bob@xn--bcher-kva.${mark}`;
      expect(await found({ text: `bob@bücher.${mark}`, emailText })).toEqual([ascii, typed]);
      expect(await found({ text: `unknown@${mark}`, emailText: `unknown@${mark}` })).toEqual([]);
      expect(await found({ text: mark, emailText: mark, role: 'admin' })).toEqual([]);
    });

    for (const text of ['%', '_', '\\', "'", '%%', 'a_b', 'a%b', '\\%']) {
      test(`a search for "${text}" matches every character literally`, async () => {
        const mark = newMark();
        await create(mark, ['axb']);
        expect((await list({ text })).results.filter(({ username }) => username.includes(mark))).toEqual([]);
      });
    }

    const orders = [
      ['created_at', false, ['d', 'B', 'a', 'c']],
      ['created_at', true, ['c', 'a', 'B', 'd']],
      ['username', false, ['a', 'B', 'c', 'd']],
      ['username', true, ['d', 'c', 'B', 'a']],
      ['balance', false, ['B', 'd', 'c', 'a']],
      ['balance', true, ['a', 'c', 'd', 'B']],
    ] as const;
    for (const [sort, isDescending, expected] of orders) {
      test(`is sorted by ${sort}, ${isDescending ? 'descending' : 'ascending'}`, async () => {
        const mark = newMark();
        await create(mark, ['d', 'B', 'a', 'c'], [5, 0, 70, 6]);
        expect(await firstParts({ text: mark, sort, isDescending })).toEqual(expected);
      });
    }

    test('usernames are sorted by the code units of their keys, with any collation', async () => {
      const mark = newMark();
      await create(mark, ['a_', 'a-', 'a.', 'A1', 'a+', 'aa']);
      const { results } = await list({ text: mark, sort: 'username', isDescending: false });
      const keys = results.map(({ username }) => username.toLowerCase());
      expect(keys).toEqual([...keys].sort());
    });

    for (const [sort, isDescending] of orders) {
      test(`by ${sort}, ${isDescending ? 'descending' : 'ascending'}, pages are complete while accounts are added`, async () => {
        const { userDirectory } = harness().stores;
        const mark = newMark();
        const names = ['e', 'b', 'd', 'a', 'c'];
        await create(mark, names, [1, 1, 2, 1, 2]);
        const query = { ...everyUser, text: mark, sort, isDescending };
        const whole = (await list(query)).results.map(({ id }) => id);
        const inPairs = (page: PageRequest<UserPlace>) => userDirectory.list(query, { ...page, limit: 2 });
        const seen: string[] = [];
        const added = ['0', 'bb', 'z', 'cc'];
        for await (const user of everyItem(inPairs)) {
          seen.push(user.id);
          await create(mark, added.splice(0, 1), [1]);
        }
        expect(seen.filter((id) => whole.includes(id))).toEqual(whole);
        expect(new Set(seen).size).toBe(seen.length);
      });
    }
  });
}
