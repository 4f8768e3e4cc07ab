import { expect } from 'expect';
import { newId, newUser } from '../accounts.js';
import type { UserStoreView } from './view.js';

/** What finds an account. */
export function findingSuite({ runner, harness }: UserStoreView): void {
  const { describe, test } = runner;
  describe('finding accounts', () => {
    test('an account is found by its username key and its email key, and by nothing else', async () => {
      const { userStore } = harness().stores;
      const emailKey = `${newId()}@example.org`;
      const user = newUser(1, { email: emailKey.toUpperCase(), emailKey });
      const created = await userStore.create(user);
      const expected = { passwordHash: user.passwordHash, user: { id: user.id, status: 'active' } };
      expect(created).toMatchObject({ outcome: 'created', user: { id: user.id } });
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject(expected);
      expect(await userStore.findByName({ emailKey })).toMatchObject(expected);
      expect(await userStore.findByName({ usernameKey: emailKey })).toBeNull();
      expect(await userStore.findByName({ emailKey: user.usernameKey })).toBeNull();
      expect(await userStore.findByName({ usernameKey: user.username })).toBeNull();
    });

    test('a disabled account is found, with its status', async () => {
      const user = newUser(1);
      await harness().stores.userStore.create(user);
      await harness().disable(user.id);
      expect(await harness().stores.userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject({
        user: { status: 'disabled' },
      });
    });

    test('an account is found by its id, and by no other id', async () => {
      const user = newUser(1);
      await harness().stores.userStore.create(user);
      const found = await harness().stores.userStore.findById(user.id);
      expect(found).toMatchObject({ passwordHash: user.passwordHash, user: { username: user.username } });
      expect(await harness().stores.userStore.findById(newId())).toBeNull();
    });

    test('a returned object can be changed without changing the stored one', async () => {
      const { userStore } = harness().stores;
      const user = newUser(1);
      const created = await userStore.create(user);
      const before = await userStore.findByName({ usernameKey: user.usernameKey });
      for (const handedOut of [created, await userStore.findByName({ usernameKey: user.usernameKey })]) {
        if (handedOut === null || !('user' in handedOut)) throw new Error('No account.');
        handedOut.user.role = 'admin';
        handedOut.user.createdAt.setTime(0);
      }
      user.username = 'another';
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toEqual(before);
    });
  });
}
