import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import {
  allEntries,
  countOutcomes,
  createAccount,
  delicateTexts,
  expectSound,
  newId,
  newUser,
} from '../accounts.js';
import type { UserStoreView } from './view.js';

/** Accounts, their names and their opening grants. */
export function creatingSuite({ runner, harness }: UserStoreView): void {
  const { describe, test } = runner;
  describe('creating accounts', () => {
    test('an account is created with its balance and the entry of its opening grant', async () => {
      const { userStore, creditLedger } = harness().stores;
      const user = newUser(4000, { email: 'Jane@Example.org', emailKey: newId(), role: 'admin' });
      const created = await userStore.create(user);
      if (created.outcome !== 'created') throw new Error(created.outcome);
      const { createdAt, ...rest } = created.user;
      expect(createdAt).toBeInstanceOf(Date);
      expect(rest).toEqual({
        id: user.id,
        username: user.username,
        email: 'Jane@Example.org',
        emailVerified: false,
        role: 'admin',
        status: 'active',
      });
      expect(await creditLedger.balance(user.id)).toEqual({ balance: 4000, held: 0 });
      expect(await allEntries(harness().stores, user.id)).toMatchObject([
        { id: user.openingGrant.entryId, kind: 'grant', amount: 4000, balanceAfter: 4000, exchangeId: null },
      ]);
      await expectSound(harness().stores);
    });

    test('an opening grant of 0 opens an empty balance without an entry', async () => {
      const userId = await createAccount(harness().stores, 0);
      expect(await harness().stores.creditLedger.balance(userId)).toEqual({ balance: 0, held: 0 });
      expect(await allEntries(harness().stores, userId)).toEqual([]);
      const posted = await harness().stores.creditLedger.post({
        ...{ id: newId(), userId, kind: 'grant', amount: 1, reason: null },
      });
      expect(posted.outcome).toBe('posted');
    });

    test('an opening grant can be 2^53 − 1, and no more', async () => {
      const userId = await createAccount(harness().stores, maxCredits);
      expect(await harness().stores.creditLedger.balance(userId)).toEqual({ balance: maxCredits, held: 0 });
      for (const amount of [maxCredits + 1, -1]) {
        const user = newUser(amount);
        await expect(harness().stores.userStore.create(user)).rejects.toThrow();
        expect(await harness().stores.userStore.findByName({ usernameKey: user.usernameKey })).toBeNull();
      }
      await expectSound(harness().stores);
    });

    test('a taken username or email is rejected, and nothing of the account is stored', async () => {
      const { userStore, creditLedger } = harness().stores;
      const first = newUser(1, { email: 'a@example.org', emailKey: newId() });
      await userStore.create(first);
      const sameUsername = newUser(7, { usernameKey: first.usernameKey });
      const sameEmail = newUser(7, { email: 'a@example.org', emailKey: first.emailKey });
      expect(await userStore.create(sameUsername)).toEqual({ outcome: 'username_taken' });
      expect(await userStore.create(sameEmail)).toEqual({ outcome: 'email_taken' });
      for (const refused of [sameUsername, sameEmail]) {
        expect(await creditLedger.balance(refused.id)).toBeNull();
        expect(await allEntries(harness().stores, refused.id)).toEqual([]);
      }
      expect(await userStore.findByName({ usernameKey: sameEmail.usernameKey })).toBeNull();
      await expectSound(harness().stores);
    });

    test('any number of accounts have no email', async () => {
      const counts = await countOutcomes(10, () => harness().stores.userStore.create(newUser(1)));
      expect(counts).toEqual({ created: 10 });
    });

    test('of twenty parallel creations with one username, one succeeds', async () => {
      const usernameKey = newId();
      const users = Array.from({ length: 20 }, () => newUser(5, { usernameKey }));
      const outcomes = await Promise.all(users.map((user) => harness().stores.userStore.create(user)));
      const created = outcomes.flatMap((each) => (each.outcome === 'created' ? [each.user.id] : []));
      expect(created).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'username_taken')).toHaveLength(19);
      const found = await harness().stores.userStore.findByName({ usernameKey });
      expect(found?.user.id).toBe(created[0]);
      await expectSound(harness().stores);
    });

    test('of twenty parallel creations with one email, one succeeds', async () => {
      const emailKey = newId();
      const counts = await countOutcomes(20, () =>
        harness().stores.userStore.create(newUser(5, { email: 'b@example.org', emailKey })),
      );
      expect(counts).toEqual({ created: 1, email_taken: 19 });
      await expectSound(harness().stores);
    });

    test('an id cannot be stored twice', async () => {
      const user = newUser(5);
      await harness().stores.userStore.create(user);
      const sameId = newUser(5, { id: user.id });
      await expect(harness().stores.userStore.create(sameId)).rejects.toThrow();
      expect(await harness().stores.userStore.findByName(sameId)).toBeNull();
      await expectSound(harness().stores);
    });

    for (const text of delicateTexts) {
      test(`a text is stored byte for byte: ${JSON.stringify(text)}`, async () => {
        const user = newUser(1, { username: text, email: text, emailKey: `${newId()}${text}` });
        user.usernameKey += text;
        user.passwordHash = text;
        await harness().stores.userStore.create(user);
        const expected = { passwordHash: text, user: { username: text, email: text } };
        expect(await harness().stores.userStore.findByName({ usernameKey: user.usernameKey })).toMatchObject(
          expected,
        );
        expect(await harness().stores.userStore.findByName({ emailKey: user.emailKey ?? '' })).toMatchObject(
          expected,
        );
      });
    }
  });
}
