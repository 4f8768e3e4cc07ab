import { expect } from 'expect';
import { expectSound, newId } from '../accounts.js';
import { digestOf, importedAccount, importedAuthToken, importedExchange } from './imported-account.js';
import type { ImporterView } from './view.js';

/** Accounts that are imported already, or whose names are taken. */
export function rejectingSuite({ runner, stores, bring, expectNothingOf }: ImporterView): void {
  const { describe, test } = runner;
  describe('rejecting an account', () => {
    test('a source digest is imported once, even if its account has been erased since', async () => {
      const first = importedAccount();
      await bring(first);
      const again = importedAccount({ sourceDigest: first.sourceDigest });
      expect(await bring(again)).toBe('already_imported');
      expect(await stores().userStore.findById(again.user.id)).toBeNull();
      expect(await stores().userStore.erase(first.user.id)).toBe('erased');
      expect(await bring(again)).toBe('already_imported');
      expect(await stores().userStore.findById(again.user.id)).toBeNull();
      await expectSound(stores());
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
      await expectSound(stores());
    });

    test('of ten parallel imports with one name, one imports its account', async () => {
      const { usernameKey } = importedAccount().user;
      const accounts = Array.from({ length: 10 }, () => importedAccount());
      for (const { user } of accounts) user.usernameKey = usernameKey;
      const outcomes = await Promise.all(accounts.map(bring));
      expect(outcomes.filter((outcome) => outcome === 'imported')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'username_taken')).toHaveLength(9);
      await expectSound(stores());
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
  });
}
