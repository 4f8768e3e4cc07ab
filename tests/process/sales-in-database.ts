import type { Database } from '../../src/adapters/postgres/database.js';
import type { StripeAccount } from '../adapters/payments/fake-stripe/stripe-account.js';
import type { Customer } from './stripe-customers.js';
import { orderAtStripe } from './stripe-sales.js';

interface AccountRow {
  user_id: string;
  balance: number;
  debt: number;
}

interface CountRow {
  user_id: string;
  name: string;
  count: number;
}

const accounts = 'select user_id, balance, debt from balances';

const entryCounts = 'select user_id, kind as name, count(*) as count from entries group by 1, 2';

const eventCounts = 'select user_id, type as name, count(*) as count from events group by 1, 2';

const factCount = 'select count(*) as count from order_facts where problem is null';

/**
 * Compares the ledger with what Stripe has and what customers spent: what an account has, less what it owes, is what it bought and got,
 * less what it spent and had to return; and each payment and return has one entry and one event.
 */
export async function findErrorsInSales(
  database: Database,
  sales: { account: StripeAccount; customers: readonly Customer[]; openingCredits: number },
): Promise<{ errors: string[]; facts: number }> {
  const errors: string[] = [];
  const rows = await database.query<AccountRow>({ text: accounts });
  const entries = countOf(await database.query<CountRow>({ text: entryCounts }));
  const events = countOf(await database.query<CountRow>({ text: eventCounts }));
  for (const { userId, orders, spent } of sales.customers) {
    const atStripe = orders.map(({ id, packageId }) => orderAtStripe(sales.account, id, packageId));
    const sum = (of: (order: (typeof atStripe)[number]) => number) =>
      atStripe.reduce((total, order) => total + of(order), 0);
    const paid = atStripe.filter(({ isPaid }) => isPaid).length;
    const expected = sales.openingCredits + sum((order) => order.credited - order.returned) - spent;
    const row = rows.find(({ user_id }) => user_id === userId);
    const has = (row?.balance ?? NaN) - (row?.debt ?? NaN);
    if (has !== expected) errors.push(`${userId} has ${has} in place of ${expected}`);
    const counted = [
      entries(userId, 'purchase'),
      events(userId, 'order.paid'),
      events(userId, 'order.refunded'),
    ];
    const wanted = [paid, paid, sum(({ returns }) => returns)];
    if (counted.join() !== wanted.join())
      errors.push(
        `${userId} has ${counted.join()} purchases, payments and returns in place of ${wanted.join()}`,
      );
  }
  const [facts] = await database.query<{ count: number }>({ text: factCount });
  return { errors, facts: facts?.count ?? 0 };
}

function countOf(rows: readonly CountRow[]) {
  return (userId: string, name: string) =>
    rows.find((row) => row.user_id === userId && row.name === name)?.count ?? 0;
}
