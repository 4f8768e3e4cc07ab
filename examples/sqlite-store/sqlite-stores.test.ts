// Run with `node --test`. The stores of the package pass the same suites.

import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Database from 'libsql';
import { createCore, isSound, operatorCaller } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';
import {
  auditLogContract,
  holdLedgerContract,
  conversationStoreContract,
  creditLedgerContract,
  ledgerAuditContract,
  ledgerRacesContract,
  type OpenStoreHarness,
  type TestRunner,
} from 'metered-chat/testing';
import { eraseAccount, openAccount } from './accounts.js';
import { sqliteStores } from './sqlite-stores.js';

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
  const erase: typeof stores.userStore.erase = async (userId) => {
    await eraseAccount(database, userId);
    return stores.userStore.erase(userId);
  };
  return Promise.resolve({
    stores: {
      ...stores,
      ...sqliteStores(database, () => Date.now() + aheadMs),
      // The suites create accounts, but these stores do not store users.
      userStore: { ...stores.userStore, create, erase },
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
holdLedgerContract(runner, 'SQLite', openHarness);
conversationStoreContract(runner, 'SQLite', openHarness);
auditLogContract(runner, 'SQLite', openHarness);
ledgerAuditContract(runner, 'SQLite', openHarness);
const figures = { seed: 1, seeds: 1, rounds: 25, exchanges: 50, crowds: 1 };
ledgerRacesContract(runner, 'SQLite', openHarness, figures);

void test('a core can chat with these stores alone', async () => {
  const database = new Database(':memory:');
  const models = [{ name: 'echo', model: echoModel() }] as const;
  const core = createCore({ ...sqliteStores(database), ...nodeAdapters(), models });
  const userId = '01a2295c-11de-7163-a7f1-f16562ddaec9';
  await openAccount(database, { userId, openingGrant: { entryId: 'first', amount: 150 } });
  const { conversationId } = await core.chat.send({ userId, message: 'Hello' });
  equal(conversationId === null, false);
  await rejects(core.chat.send({ userId, message: 'Again' }), { code: 'insufficient_credits' });
  deepEqual(await core.ledger.balance({ caller: operatorCaller, userId }), { balance: 50, held: 0 });
  equal(isSound(await core.ledger.audit({ caller: operatorCaller })), true);
  database.close();
});
