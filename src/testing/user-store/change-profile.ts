import { expect } from 'expect';
import { countOutcomes, createAccount, newId, newUser, wantedEmail } from '../accounts.js';
import type { UserStoreView } from './view.js';

/** What users change of their own account. */
export function profileSuite({ runner, harness }: UserStoreView): void {
  const { describe, test } = runner;
  describe('changing profiles', () => {
    test('a change of a profile changes the fields that are present, and no others', async () => {
      const { userStore } = harness().stores;
      const [user, key] = [newUser(1), newId()];
      await userStore.create(user);
      const username = { username: `New_${key}`, usernameKey: `new_${key}` };
      const changed = await userStore.changeProfile({ userId: user.id, username });
      expect(changed).toMatchObject({
        before: { username: user.username },
        user: { username: `New_${key}`, email: null },
      });
      expect(await userStore.findByName({ usernameKey: user.usernameKey })).toBeNull();
      expect(await userStore.findByName(username)).toMatchObject({ user: { id: user.id } });
      expect(await userStore.changeProfile({ userId: newId(), username })).toEqual({ outcome: 'missing' });
      const stale = {
        userId: user.id,
        passwordVersion: 2,
        username: { username: 'Late', usernameKey: newId() },
      };
      expect(await userStore.changeProfile(stale)).toEqual({ outcome: 'stale' });
      expect(await userStore.findByName(username)).toMatchObject({ user: { username: `New_${key}` } });
    });

    test('a change to a taken name changes nothing, and of twenty parallel changes to one name, one succeeds', async () => {
      const { userStore, emailChangeStore } = harness().stores;
      const owner = newUser(1, { email: 'o@example.org', emailKey: newId() });
      await userStore.create(owner);
      const ids = await Promise.all(Array.from({ length: 20 }, () => createAccount(harness().stores, 1)));
      const taken = { username: owner.username, usernameKey: owner.usernameKey };
      const [firstId = ''] = ids;
      const both = { userId: firstId, username: taken, email: wantedEmail('free@example.org') };
      expect(await userStore.changeProfile(both)).toEqual({ outcome: 'username_taken' });
      expect(await emailChangeStore.changes(firstId)).toEqual([]);
      const free = { username: 'Free', usernameKey: newId() };
      const takenEmail = { userId: firstId, username: free, email: wantedEmail(owner.emailKey) };
      expect(await userStore.changeProfile(takenEmail)).toEqual({ outcome: 'email_taken' });
      expect(await userStore.findByName(free)).toBeNull();
      const wanted = { username: 'Wanted', usernameKey: newId() };
      const counts = await countOutcomes(20, (index) =>
        userStore.changeProfile({ userId: ids[index] ?? '', username: wanted }),
      );
      expect(counts).toEqual({ changed: 1, username_taken: 19 });
    });
  });
}
