import type { OrderStore } from '../../ports/order-store.js';
import type { PaymentFact, Payments } from '../../ports/payments.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import { applyFact, type ApplyFactDeps } from './apply-fact.js';

export interface PollPaymentsDeps extends ApplyFactDeps {
  orderStore: Pick<OrderStore, 'apply' | 'cursor' | 'setCursor' | 'expireAbandoned'>;
  payments: Pick<Payments, 'provider' | 'eventsSince'>;
}

/** The most pages of one run; the next run goes on. */
const maxPages = 200;

/**
 * Reads from the provider what happened since the last time, and applies what was not seen: so a lost webhook is repaired. May
 * run in several servers at once. Returns how many facts were applied. Rejects every account with `admin_required`.
 */
export async function pollPayments(
  deps: PollPaymentsDeps,
  { caller }: { caller: OperatorCaller },
): Promise<number> {
  requireOperator(caller);
  const { provider } = deps.payments;
  let cursor = await deps.orderStore.cursor(provider);
  let applied = 0;
  const early: PaymentFact[] = [];
  const apply = async (fact: PaymentFact, isLast: boolean) => {
    const { outcome } = await applyFact(deps, fact);
    if (outcome === 'applied') applied += 1;
    if (outcome === 'too_early' && isLast)
      deps.log.error(
        { order_id: fact.orderId, fact_id: fact.id },
        'a fact is about a payment that is not known',
      );
    else if (outcome === 'too_early') early.push(fact);
  };
  for (let page = 0; page < maxPages; page += 1) {
    const { facts, cursor: next, hasMore } = await deps.payments.eventsSince(cursor);
    for (const fact of facts) await apply(fact, false);
    await deps.orderStore.setCursor(provider, next);
    cursor = next;
    if (!hasMore) break;
  }
  for (const fact of early.splice(0)) await apply(fact, true);
  await deps.orderStore.expireAbandoned();
  return applied;
}
