import { expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import type { Account } from '../../../src/adapters/memory/account-state.js';
import { emptyState } from '../../../src/adapters/memory/state.js';
import { createAccount, entryIds, spendRequest } from '../../../src/testing/accounts.js';
import { factOf, newOrder } from '../../../src/testing/order-store/view.js';

const breaches: { how: string; breakIt: (account: Account) => void }[] = [
  {
    how: 'an order counts as paid twice',
    breakIt: (account) => factsOf(account).push(...factsOf(account).slice(0, 1)),
  },
  { how: 'a payment has no mark', breakIt: (account) => factsOf(account).shift() },
  { how: 'a refund has no mark', breakIt: (account) => factsOf(account).pop() },
  {
    how: 'a refund took less than it should have',
    breakIt: (account) => {
      const fact = factsOf(account)[1];
      if (fact !== undefined) fact.credits -= 1;
    },
  },
  {
    how: 'a debt is forgotten',
    breakIt: (account) => {
      account.debt = 0;
    },
  },
];

test.each(breaches)('an audit finds that $how', async ({ breakIt }) => {
  const state = emptyState();
  const stores = memoryStores({ now: () => new Date() }, state);
  const userId = await createAccount(stores, 0);
  const created = await stores.orderStore.create(newOrder(userId));
  if (created.outcome !== 'created') throw new Error(created.outcome);
  await stores.orderStore.apply(factOf(created.order, 'paid'), entryIds);
  await stores.holdLedger.spend(spendRequest(userId, { amount: 800 }));
  await stores.orderStore.apply(factOf(created.order, 'refunded', { amount: 500 }), entryIds);
  expect((await stores.ledgerAudit.inspect()).broken.payments_credited_once).toBe(0);
  const account = state.accounts.get(userId);
  if (account === undefined) throw new Error('The account is missing.');
  breakIt(account);
  expect((await stores.ledgerAudit.inspect()).broken.payments_credited_once).toBeGreaterThan(0);
});

function factsOf({ orders }: Account) {
  const [stored] = orders.values();
  if (stored === undefined) throw new Error('The order is missing.');
  return stored.facts;
}
