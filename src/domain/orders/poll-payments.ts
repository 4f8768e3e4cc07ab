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
  /** Applies facts, those about payments among them that are listed later as well; returns those that are still too early. */
  const applyAll = async (facts: readonly PaymentFact[]): Promise<PaymentFact[]> => {
    const early: PaymentFact[] = [];
    for (const fact of facts) {
      const { outcome } = await applyFact(deps, fact);
      if (outcome === 'applied') applied += 1;
      if (outcome === 'too_early') early.push(fact);
    }
    return early.length === 0 || early.length === facts.length ? early : applyAll(early);
  };
  let early: PaymentFact[] = [];
  for (let page = 0; page < maxPages; page += 1) {
    const { facts, cursor: next, hasMore } = await deps.payments.eventsSince(cursor);
    // Before the cursor moves: a process that dies afterwards does not read them again.
    early = await applyAll([...early, ...facts]);
    await deps.orderStore.setCursor(provider, next);
    cursor = next;
    if (!hasMore) break;
  }
  for (const { orderId, id } of early)
    deps.log.error({ order_id: orderId, fact_id: id }, 'a fact is about a payment that is not known');
  await deps.orderStore.expireAbandoned();
  return applied;
}
