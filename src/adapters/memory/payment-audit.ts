import { refundedBy } from '../../domain/orders/fact-rules.js';
import { creditsToReturn } from '../../domain/orders/take-back.js';
import type { Account, StoredFact, StoredOrder } from './account-state.js';

/** How often payments of an account were not credited once, or not taken back once. */
export function brokenPayments(account: Account): number {
  const orders = [...account.orders.values()];
  if (orders.length === 0) return Number(account.debt !== 0);
  const facts = orders.flatMap((stored) => stored.facts);
  const known = new Set(facts.map(({ entryId }) => entryId));
  const unknown = [...account.entries.values()].filter(
    ({ kind, id }) => (kind === 'purchase' || kind === 'refund') && !known.has(id),
  );
  const paid = [...account.entries.values()].filter(({ kind }) => kind === 'debt');
  const debt = sum(facts, (fact) => fact.debt) + sum(paid, ({ amount }) => amount);
  return (
    orders.filter((stored) => !isCreditedOnce(account, stored)).length +
    facts.filter((fact) => !isTakenBack(account, fact)).length +
    unknown.length +
    Number(debt !== account.debt)
  );
}

function isCreditedOnce({ entries }: Account, { order, facts }: StoredOrder): boolean {
  const { credits, bonusCredits, price } = order.package;
  const payments = facts.filter(({ kind, problem }) => kind === 'paid' && problem === null).length;
  const returned = facts.filter(({ kind }) => kind !== 'paid');
  const applied = facts.filter(({ problem }) => problem === null);
  const due = creditsToReturn(order.package, { before: 0, after: refundedBy(applied, price) });
  const amountOf = (id: string | null) => (id === null ? 0 : entries.get(id)?.amount);
  const isPaid = order.paidAt !== null;
  return (
    payments === Number(isPaid) &&
    order.refunded === refundedBy(facts, price) &&
    amountOf(order.lotId) === (isPaid ? credits : 0) &&
    amountOf(order.bonusLotId) === (isPaid ? bonusCredits : 0) &&
    sum(returned, (fact) => fact.credits) === due.credits &&
    sum(returned, (fact) => fact.bonusCredits) === due.bonusCredits
  );
}

function isTakenBack({ entries }: Account, fact: StoredFact): boolean {
  if (fact.kind === 'paid') return true;
  const { credits, bonusCredits, taken, expired, debt, entryId } = fact;
  const moved = entryId === null ? 0 : -(entries.get(entryId)?.amount ?? 0);
  return credits + bonusCredits === taken + expired + debt && taken === moved;
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
