import { expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import type { Account } from '../../../src/adapters/memory/account-state.js';
import { emptyState } from '../../../src/adapters/memory/state.js';
import type { InvariantName } from '../../../src/domain/ledger/invariants.js';
import type { Lot } from '../../../src/domain/metering/lot.js';
import { noWalletRules } from '../../../src/domain/metering/wallet-rules.js';
import { createAccount, entryIds, newId, openHold } from '../../../src/testing/accounts.js';

const minuteMs = 60_000;
const firstMs = Date.UTC(2030, 0, 1);

const breaches: {
  how: string;
  breakIt: (account: Account) => void;
  minutesLater?: number;
  expected: Partial<Record<InvariantName, number>>;
}[] = [
  {
    how: 'lots have less left than the balance and the open holds',
    breakIt: (account) => {
      changeLot(account, 'opening', { left: 999 });
      account.lotsTotal = (account.lotsTotal ?? 0) - 1;
    },
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'a lot has less left than the account says of all of them',
    breakIt: (account) => {
      changeLot(account, 'opening', { left: 999 });
    },
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'lots have more credits than were ever added',
    breakIt: (account) => {
      changeLot(account, 'opening', { amount: 1001 });
    },
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'an account without lots has one',
    breakIt: (account) => {
      account.lotsTotal = null;
    },
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'a lot has more left than its amount',
    breakIt: (account) => {
      changeLot(account, 'opening', { left: 1001 });
      changeLot(account, 'grant', { left: 49 });
    },
    expected: { lots_end_in_time: 1 },
  },
  {
    how: 'a lot has less than nothing left',
    breakIt: (account) => {
      changeLot(account, 'allowance', { left: -1 });
    },
    expected: { lots_end_in_time: 1, lots_match_balances: 1 },
  },
  {
    how: 'credits are left of a lot that expired three minutes ago',
    breakIt: () => undefined,
    minutesLater: 13,
    expected: { lots_end_in_time: 1 },
  },
  {
    how: 'a hold keeps more of an expired lot than it held',
    breakIt: (account) => {
      const [holdId = ''] = account.openHolds;
      const lotId = changeLot(account, 'grant', { left: 50 });
      account.lotUses = [{ lotId, holdId, amount: 50 }];
    },
    minutesLater: 13,
    expected: { lots_end_in_time: 1 },
  },
  {
    how: 'a period has two allowances',
    breakIt: (account) => {
      changeLot(account, 'grant', { period: 'day 2030-01-01' });
    },
    expected: { allowances_given_once: 1 },
  },
  {
    how: 'an allowance has no period',
    breakIt: (account) => {
      changeLot(account, 'allowance', { period: null });
    },
    expected: { allowances_given_once: 1 },
  },
];

/** Changes the lot of a kind; returns its id. */
function changeLot({ lots }: Account, kind: Lot['kind'], changes: Partial<Lot>): string {
  const lot = [...lots.values()].find((each) => each.kind === kind);
  if (lot === undefined) throw new Error(`There is no lot of the kind ${kind}.`);
  lots.set(lot.id, { ...lot, ...changes });
  return lot.id;
}

test.each(breaches)('an audit of memory finds that $how', async ({ breakIt, minutesLater = 0, expected }) => {
  const state = emptyState();
  let nowMs = firstMs;
  const stores = memoryStores({ now: () => new Date(nowMs) }, state);
  const userId = await createAccount(stores, 1000);
  const grant = { id: newId(), userId, kind: 'grant', amount: 50, reason: null } as const;
  const lot = { expiresAt: new Date(firstMs + 10 * minuteMs), priority: null };
  expect((await stores.creditLedger.post({ ...grant, lot })).outcome).toBe('posted');
  const rules = { ...noWalletRules, allowance: { amount: 40, every: 'day' } } as const;
  await stores.creditLedger.balance(userId, { rules, ids: entryIds });
  await openHold(stores, userId, { hold: 5 });
  const found = async () => {
    const { broken } = await stores.ledgerAudit.inspect();
    return Object.fromEntries(Object.entries(broken).filter(([, count]) => count > 0));
  };
  expect(await found()).toEqual({});
  const account = state.accounts.get(userId);
  if (account === undefined) throw new Error('There is no account.');
  breakIt(account);
  nowMs += minutesLater * minuteMs;
  expect(await found()).toEqual(expected);
});
