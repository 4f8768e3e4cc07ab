// Run by `node --test`. The suites are those that the package's own stores pass.

import { after, before, describe, test } from 'node:test';
import Database from 'libsql';
import { memoryStores } from 'metered-chat/memory';
import {
  chatLedgerContract,
  creditLedgerContract,
  type OpenStoreHarness,
  type TestRunner,
} from 'metered-chat/testing';
import { openAccount, sqliteStores } from './sqlite-stores.js';

const runner: TestRunner = { describe, test, beforeAll: before, afterAll: after };

const openHarness: OpenStoreHarness = () => {
  const database = new Database(':memory:');
  let aheadMs = 0;
  const stores = memoryStores();
  const create: typeof stores.userStore.create = async (user) => {
    const created = await stores.userStore.create(user);
    await openAccount(database, { userId: user.id, openingGrant: user.openingGrant });
    return created;
  };
  return Promise.resolve({
    stores: {
      ...stores,
      ...sqliteStores(database, () => Date.now() + aheadMs),
      // The suites open accounts; whose they are is of no concern to SQLite here.
      userStore: { ...stores.userStore, create },
    },
    advance: (ms) => {
      aheadMs += ms;
      return Promise.resolve();
    },
    disable: () => Promise.resolve(),
    dismissAdmins: () => Promise.resolve(),
    close: () => {
      database.close();
      return Promise.resolve();
    },
  });
};

creditLedgerContract(runner, 'SQLite', openHarness);
chatLedgerContract(runner, 'SQLite', openHarness);
