import { expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import type { Account } from '../../../src/adapters/memory/account-state.js';
import { emptyState } from '../../../src/adapters/memory/state.js';
import { createAccount, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { newCap } from '../../../src/testing/caps/new-cap.js';

const breaches: { how: string; breakIt: (account: Account) => void; rows: number }[] = [
  {
    how: 'a cap has counted a credit too much',
    breakIt: ({ capCounters }) => {
      const [[name, counter] = []] = capCounters;
      if (name !== undefined && counter !== undefined)
        capCounters.set(name, { ...counter, counted: counter.counted + 1 });
    },
    rows: 1,
  },
  {
    how: 'an exchange is gone that caps have counted',
    breakIt: ({ exchanges }) => {
      const [id = ''] = exchanges.keys();
      exchanges.delete(id);
    },
    rows: 2,
  },
  {
    how: 'an account with caps is taken for one without',
    breakIt: (account) => {
      account.hasCaps = false;
    },
    rows: 4,
  },
];

test.each(breaches)('an audit of memory finds that $how', async ({ breakIt, rows }) => {
  const state = emptyState();
  const stores = memoryStores({ now: () => new Date(Date.UTC(2030, 0, 1)) }, state);
  const userId = await createAccount(stores, 1000);
  await stores.capStore.set(newCap(userId, { window: 'day' }));
  await stores.capStore.set(newCap(userId, { scope: 'model', model: 'echo' }));
  await stores.holdLedger.settle(settlementOf(await openHold(stores, userId), 30));
  await openHold(stores, userId);
  const broken = async () => (await stores.ledgerAudit.inspect()).broken.caps_match_exchanges;
  expect(await broken()).toBe(0);
  const account = state.accounts.get(userId);
  if (account === undefined) throw new Error('There is no account.');
  breakIt(account);
  expect(await broken()).toBe(rows);
});
