import { expect } from 'expect';
import { createAccount, newId, newUser, wantedEmail } from '../accounts.js';
import type { UserStoreView } from './view.js';

/** What administrators change of an account. */
export function accountSuite({ runner, harness, openSession }: UserStoreView): void {
  const { describe, test } = runner;
  describe('changes by administrators', () => {
    test('an administrator changes every field of an account, or nothing if a name is taken', async () => {
      const { userStore, authTokenStore } = harness().stores;
      const [user, other] = [newUser(0), newUser(0)];
      await userStore.create(user);
      await userStore.create(other);
      const { access } = await openSession(user.id);
      const name = { username: `New_${user.id}`, usernameKey: `new_${user.id}` };
      const email = wantedEmail(`${user.id}@example.org`);
      const wanted = { userId: user.id, username: name, email, role: 'admin', status: 'disabled' } as const;
      const taken = { ...wanted, username: { username: other.username, usernameKey: other.usernameKey } };
      expect(await userStore.changeAccount(taken)).toEqual({ outcome: 'username_taken' });
      expect(await authTokenStore.findCaller(access)).not.toBeNull();
      const before = { username: user.username, email: null, role: 'user', status: 'active' };
      const after = { username: name.username, email: null, emailVerified: false, role: 'admin' };
      expect(await userStore.changeAccount(wanted)).toMatchObject({
        outcome: 'changed',
        before,
        user: { ...after, status: 'disabled' },
      });
      expect(await userStore.findByName(name)).toMatchObject({ user: { id: user.id } });
      expect(await userStore.findByName(user)).toBeNull();
      expect(await harness().stores.emailChangeStore.changes(user.id)).toMatchObject([
        { email: `${user.id}@example.org`, tookEffectAt: null },
      ]);
      expect(await userStore.changeAccount({ userId: newId(), role: 'user' })).toEqual({
        outcome: 'missing',
      });
    });

    test('disabling an account ends its sessions, and enabling it does not restore them', async () => {
      const { userStore, authTokenStore } = harness().stores;
      const userId = await createAccount(harness().stores, 0);
      const { access } = await openSession(userId);
      await userStore.changeAccount({ userId, status: 'disabled' });
      expect(await authTokenStore.findCaller(access)).toBeNull();
      await userStore.changeAccount({ userId, status: 'active' });
      expect(await authTokenStore.findCaller(access)).toBeNull();
      expect(await authTokenStore.sessions(userId)).toEqual([]);
    });

    test('of the last two administrators, one stays, even if both are demoted, disabled or erased in parallel', async () => {
      const { userStore, userDirectory } = harness().stores;
      const admins = {
        text: null,
        emailText: null,
        role: 'admin',
        status: 'active',
        from: null,
        to: null,
      } as const;
      const query = { ...admins, sort: 'created_at', isDescending: true } as const;
      const all = () => userDirectory.list(query, { limit: 100, before: null });
      for (const { id } of (await all()).results.slice(1)) {
        await userStore.changeAccount({ userId: id, role: 'user' });
      }
      let [last] = (await all()).results;
      if (last === undefined) {
        await userStore.create(newUser(0, { role: 'admin' }));
        [last] = (await all()).results;
      }
      let stays = last?.id ?? '';
      const demote = async (userId: string) =>
        (await userStore.changeAccount({ userId, role: 'user' })).outcome;
      const disable = async (userId: string) =>
        (await userStore.changeAccount({ userId, status: 'disabled' })).outcome;
      const erase = (userId: string): Promise<string> => userStore.erase(userId);
      const ends = [demote, disable, erase];
      for (let round = 0; round < 27; round += 1) {
        const second = newUser(0, { role: 'admin' });
        await userStore.create(second);
        const [endFirst, endSecond] = [ends[round % 3], ends[Math.floor(round / 3) % 3]];
        const outcomes = await Promise.all([endFirst?.(stays), endSecond?.(second.id)]);
        expect(outcomes.filter((outcome) => outcome === 'last_admin')).toHaveLength(1);
        const { results } = await all();
        if (outcomes[0] !== 'last_admin') stays = second.id;
        expect(results.map(({ id }) => id)).toEqual([stays]);
      }
      expect(await demote(stays)).toBe('last_admin');
      expect(await disable(stays)).toBe('last_admin');
      expect(await erase(stays)).toBe('last_admin');
      const kept = await userStore.changeAccount({ userId: stays, role: 'admin', status: 'active' });
      expect(kept.outcome).toBe('changed');
    });
  });
}
