import type { Ids } from '../../ports/ids.js';
import type { Log } from '../../ports/log.js';
import type { ApplyFactOutcome, OrderStore } from '../../ports/order-store.js';
import type { PaymentFact } from '../../ports/payments.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { isUuid } from '../text.js';

export interface ApplyFactDeps {
  orderStore: Pick<OrderStore, 'apply'>;
  ids: Pick<Ids, 'next'>;
  log: Log;
  policy: Pick<WalletRules, 'lowBalance'>;
}

/** Applies a fact that the provider has stated, and logs one that was applied to nothing. */
export async function applyFact(deps: ApplyFactDeps, fact: PaymentFact): Promise<ApplyFactOutcome> {
  // Another program of the same seller may have orders with ids of its own.
  if (!isUuid(fact.orderId)) return { outcome: 'no_such_order' };
  const amount = Number.isSafeInteger(fact.amount) ? fact.amount : null;
  const stated = { ...fact, orderId: fact.orderId.toLowerCase(), amount };
  const applied = await deps.orderStore.apply(stated, deps.ids, deps.policy);
  const about = { order_id: fact.orderId, fact: fact.kind, fact_id: fact.id };
  if (applied.outcome === 'rejected')
    deps.log.error({ ...about, problem: applied.problem }, 'a fact about a payment was applied to nothing');
  if (applied.outcome === 'no_such_order') deps.log.warn(about, 'a fact is about an order that is not known');
  return applied;
}
