import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyItem, type PageRequest } from '../../src/domain/page.js';
import type { UserPlace, UserQuery, UserSort } from '../../src/ports/user-directory.js';
import { newDigest, newId, newUser, openHold } from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';

const everybody: UserQuery = {
  text: null,
  role: null,
  status: null,
  sort: 'created_at',
  isDescending: true,
};

/** What every user directory promises. */
export function userDirectoryContract(name: string, openHarness: OpenStoreHarness): void {
  describe(`user directory: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    /** Accounts that a search for the mark alone finds. */
    async function create(mark: string, names: readonly string[], credits: readonly number[] = []) {
      for (const [index, part] of names.entries()) {
        const username = `${part}.${mark}`;
        const named = { username, usernameKey: username.toLowerCase() };
        await harness.stores.userStore.create(newUser(credits[index] ?? 0, named));
      }
    }
    const newMark = () => newDigest().slice(0, 20);
    const list = (query: Partial<UserQuery>, limit = 100) =>
      harness.stores.userDirectory.list({ ...everybody, ...query }, { limit, before: null });

    async function firstParts(query: Partial<UserQuery>): Promise<(string | undefined)[]> {
      return (await list(query)).results.map(({ username }) => username.split('.')[0]);
    }

    test('an account is shown with its balance, what is held and when it was last seen', async () => {
      const { userDirectory, userStore, authTokenStore } = harness.stores;
      const email = `${newId()}@example.org`;
      const user = newUser(1000, { email, emailKey: email, role: 'admin' });
      await userStore.create(user);
      const shown = await userDirectory.find(user.id);
      expect(shown).toEqual({
        ...{ id: user.id, username: user.username, email, emailVerified: false, role: 'admin' },
        ...{
          status: 'active',
          createdAt: expect.any(Date) as Date,
          balance: 1000,
          held: 0,
          lastSeenAt: null,
        },
      });
      expect((await list({ text: email })).results).toEqual([shown]);

      await openHold(harness.stores, user.id, { hold: 300 });
      const pair = {
        id: newId(),
        access: { kind: 'access', userId: user.id, digest: newDigest() },
        accessTtlMs: 60_000,
        refresh: { kind: 'refresh', userId: user.id, digest: newDigest() },
        refreshTtlMs: 60_000,
      } as const;
      const session = { userId: user.id, passwordVersion: 1, sessionId: newId(), pair, userAgent: null };
      await authTokenStore.openSession(session);
      expect(await userDirectory.find(user.id)).toMatchObject({
        balance: 700,
        held: 300,
        lastSeenAt: expect.any(Date) as Date,
      });
      expect(await userDirectory.find(newId())).toBeNull();
    });

    test('is searched by a part of the name or email, role and status', async () => {
      const mark = newMark();
      await create(mark, ['anna', 'hanna', 'bert']);
      const email = `joanna@${mark}.example`;
      const joanna = newUser(0, { email, emailKey: email, role: 'admin' });
      await harness.stores.userStore.create(joanna);
      expect(await firstParts({ text: `anna.${mark}` })).toEqual(['hanna', 'anna']);
      expect((await list({ text: `anna@${mark}` })).results.map(({ id }) => id)).toEqual([joanna.id]);
      expect(await firstParts({ text: `bert.${mark}`, role: 'admin' })).toEqual([]);
      expect((await list({ text: mark, role: 'admin' })).results).toHaveLength(1);
      await harness.disable(joanna.id);
      expect((await list({ text: mark, status: 'disabled' })).results).toHaveLength(1);
      expect((await list({ text: mark, status: 'active' })).results).toHaveLength(3);
    });

    test.each(['%', '_', '\\', "'", '%%', 'a_b', 'a%b', '\\%'])(
      'a search for %j takes every character as itself',
      async (text) => {
        const mark = newMark();
        await create(mark, ['axb']);
        expect((await list({ text })).results.filter(({ username }) => username.includes(mark))).toEqual([]);
      },
    );

    test.each([
      ['created_at', false, ['d', 'B', 'a', 'c']],
      ['created_at', true, ['c', 'a', 'B', 'd']],
      ['username', false, ['a', 'B', 'c', 'd']],
      ['username', true, ['d', 'c', 'B', 'a']],
      ['balance', false, ['B', 'd', 'c', 'a']],
      ['balance', true, ['a', 'c', 'd', 'B']],
    ] as const)('is sorted by %s, descending: %s', async (sort, isDescending, expected) => {
      const mark = newMark();
      await create(mark, ['d', 'B', 'a', 'c'], [5, 0, 70, 6]);
      expect(await firstParts({ text: mark, sort, isDescending })).toEqual(expected);
    });

    test('usernames sort by the code units of their keys, whatever the collation', async () => {
      const mark = newMark();
      await create(mark, ['a_', 'a-', 'a.', 'A1', 'a+', 'aa']);
      const { results } = await list({ text: mark, sort: 'username', isDescending: false });
      const keys = results.map(({ username }) => username.toLowerCase());
      expect(keys).toEqual([...keys].sort());
    });

    test.each<[UserSort, boolean]>([
      ['created_at', true],
      ['created_at', false],
      ['username', true],
      ['username', false],
      ['balance', true],
      ['balance', false],
    ])('by %s, descending: %s, pages are the whole while accounts are added', async (sort, isDescending) => {
      const { userDirectory } = harness.stores;
      const mark = newMark();
      const names = ['e', 'b', 'd', 'a', 'c'];
      await create(mark, names, [1, 1, 2, 1, 2]);
      const query = { ...everybody, text: mark, sort, isDescending };
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
  });
}
