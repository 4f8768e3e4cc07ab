import { expect } from 'expect';
import type { ImportedAccount } from '../../ports/account-importer.js';
import type { Stores } from '../../ports/stores.js';
import { expectSound } from '../accounts.js';
import type { TestRunner } from '../test-runner.js';

/** The adapter that is tested, and what its tests require. */
export interface ImporterHarness {
  stores: Stores;
  /** Closes what was opened, and deletes its data. */
  close(): Promise<void>;
}

/** What the suites of `AccountImporter` share; the stores are open only while tests run. */
export type ImporterView = ReturnType<typeof importerView>;

/** Returns what the suites of `AccountImporter` share. */
export function importerView(runner: TestRunner, harness: () => ImporterHarness) {
  const stores = () => harness().stores;
  const history = (userId: string) => stores().holdLedger.exchanges(userId, { limit: 100, before: null });
  return {
    runner,
    stores,
    /** Imports an account; returns the outcome. */
    bring: (account: ImportedAccount) => stores().accountImporter.importAccount(account),
    /** Returns the first page of the exchanges of an account. */
    history,
    /** Expects that nothing of an account is stored. */
    expectNothingOf: async ({ sourceDigest, user, authTokens }: ImportedAccount) => {
      expect(await stores().accountImporter.hasImported(sourceDigest)).toBe(false);
      expect(await stores().userStore.findById(user.id)).toBeNull();
      expect(await stores().creditLedger.balance(user.id)).toBeNull();
      expect((await stores().creditLedger.entries(user.id, { limit: 1, before: null })).results).toEqual([]);
      expect((await history(user.id)).results).toEqual([]);
      for (const { digest } of authTokens) {
        const caller = await stores().authTokenStore.findImportedCaller(digest);
        expect(caller?.user.id).not.toBe(user.id);
      }
      await expectSound(stores());
    },
  };
}
