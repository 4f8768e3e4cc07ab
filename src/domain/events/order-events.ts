import type { Order } from '../orders/order.js';
import type { PaymentFact } from '../../ports/payments.js';
import type { NewEvent } from './event.js';

/** Returns the events of a fact that was applied; `moved` are the credits that it took, and those that are owed now. */
export function eventsOfFact(
  { id: orderId, package: bought }: Order,
  { kind, amount: money }: PaymentFact,
  moved: { taken: number; debt: number },
): NewEvent[] {
  const { id: packageId, credits, bonusCredits, price, currency } = bought;
  const order = { orderId, packageId };
  const amount = money ?? 0;
  const disputed = (outcome: 'open' | 'won' | 'lost'): NewEvent => ({
    type: 'order.disputed',
    data: { ...order, amount, currency, outcome },
  });
  const refunded: NewEvent = {
    type: 'order.refunded',
    data: { ...order, amount, currency, credits: moved.taken, debt: moved.debt },
  };
  switch (kind) {
    case 'paid':
      return [{ type: 'order.paid', data: { ...order, credits, bonusCredits, price, currency } }];
    case 'refunded':
      return [refunded];
    case 'disputed':
      return [disputed('open')];
    case 'dispute_won':
      return [disputed('won')];
    case 'dispute_lost':
      return [disputed('lost'), refunded];
    case 'expired':
      return [];
  }
}
