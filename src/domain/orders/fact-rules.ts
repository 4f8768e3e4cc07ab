import type { FactProblem } from '../../ports/order-store.js';
import type { PaymentFact, PaymentFactKind } from '../../ports/payments.js';
import type { Order, OrderStatus } from './order.js';

/** A fact that was seen, with what became of it. */
export interface SeenFact {
  kind: PaymentFactKind;
  id: string;
  paymentId: string | null;
  amount: number | null;
  problem: FactProblem | null;
  /** Credits that had to go back but had expired. */
  expired: number;
}

/** What to do with a fact. */
export type FactAssessment =
  | { outcome: 'seen' }
  | { outcome: 'too_early' }
  | { outcome: 'accepted' }
  /** It is marked as seen, and changes nothing else. */
  | { outcome: 'rejected'; problem: FactProblem };

/** Decides what to do with a fact about an order, from the facts about it that were seen. */
export function assessFact(
  { order, seen, isErased }: { order: Order; seen: readonly SeenFact[]; isErased: boolean },
  fact: PaymentFact,
): FactAssessment {
  if (seen.some(({ kind, id }) => kind === fact.kind && id === fact.id)) return { outcome: 'seen' };
  if (fact.kind === 'expired') return { outcome: 'accepted' };
  const problem = moneyProblem(order, fact);
  if (problem !== null) return { outcome: 'rejected', problem };
  const payments = seen.filter(({ kind }) => kind === 'paid');
  if (fact.kind === 'paid') {
    if (payments.some((payment) => payment.problem === null))
      return { outcome: 'rejected', problem: 'paid_twice' };
  } else {
    const payment = payments.find(({ id }) => id === fact.paymentId);
    if (payment === undefined) return { outcome: 'too_early' };
    if (payment.problem !== null) return { outcome: 'rejected', problem: 'payment_not_applied' };
  }
  return isErased ? { outcome: 'rejected', problem: 'account_erased' } : { outcome: 'accepted' };
}

function moneyProblem({ package: { price, currency } }: Order, fact: PaymentFact): FactProblem | null {
  if (fact.currency !== currency) return 'wrong_currency';
  const { amount } = fact;
  if (amount === null || !Number.isSafeInteger(amount) || amount < 1 || amount > price) return 'wrong_amount';
  return fact.kind === 'paid' && amount !== price ? 'wrong_amount' : null;
}

/** The state of an order after a fact, and the money that was paid back by then. */
export function stateOfOrder(
  { package: { price }, status }: Order,
  seen: readonly SeenFact[],
): { status: OrderStatus; refunded: number } {
  const valid = seen.filter(isValid);
  const of = (kind: PaymentFactKind) => valid.filter((fact) => fact.kind === kind);
  const refunded = refundedBy(seen, price);
  if (of('paid').length === 0) return { status: of('expired').length > 0 ? 'expired' : status, refunded };
  const ended = new Set([...of('dispute_won'), ...of('dispute_lost')].map(({ id }) => id));
  if (of('dispute_lost').length > 0) return { status: 'dispute_lost', refunded };
  if (of('disputed').some(({ id }) => !ended.has(id))) return { status: 'disputed', refunded };
  if (refunded === 0) return { status: 'paid', refunded };
  return { status: refunded < price ? 'partially_refunded' : 'refunded', refunded };
}

/** The money that was paid back by refunds and lost disputes: at most the price, also if both paid back the same. */
export function refundedBy(seen: readonly SeenFact[], price: number): number {
  return seen.reduce((sum, fact) => {
    const isPaidBack = isValid(fact) && (fact.kind === 'refunded' || fact.kind === 'dispute_lost');
    return isPaidBack ? Math.min(price, sum + (fact.amount ?? 0)) : sum;
  }, 0);
}

/** Money moves for an account that was erased after its payment, although its credits do not. */
function isValid({ kind, problem }: SeenFact): boolean {
  return problem === null || (problem === 'account_erased' && kind !== 'paid');
}
