import { demoPayments } from '../../../src/adapters/payments/demo.js';
import type { Order } from '../../../src/domain/orders/order.js';
import type { DemoAction } from '../../../src/ports/demo-checkout.js';
import type { CheckoutRequest } from '../../../src/ports/payments.js';
import type { PaymentsHarness } from '../../../src/testing/payments/view.js';

/** Opens the adapter for tests, with orders as a store would have them. */
export function openDemoHarness(): PaymentsHarness {
  let at = Date.now();
  const now = () => new Date(at);
  const demo = demoPayments({ now });
  const orders = new Map<string, Order>();
  const act = (orderId: string, action: DemoAction, change: Partial<Order>) => {
    const order = orders.get(orderId);
    if (order === undefined) throw new TypeError(`There is no order ${orderId}.`);
    const request = demo.act(order, action);
    orders.set(orderId, { ...order, ...change });
    return Promise.resolve(request === null ? [] : [request]);
  };
  return {
    payments: {
      ...demo,
      createCheckout: async (request) => {
        const checkout = await demo.createCheckout(request);
        orders.set(request.orderId, orderOf(request));
        return checkout;
      },
    },
    listsEvents: false,
    now,
    advance: (ms) => {
      at += ms;
    },
    pay: (orderId) => act(orderId, 'pay', { status: 'paid', paymentId: `demo_payment_${orderId}` }),
    decline: (orderId) => act(orderId, 'decline', {}),
    refund: (orderId) => act(orderId, 'refund', { status: 'refunded' }),
    dispute: (orderId) => act(orderId, 'dispute', { status: 'disputed' }),
    closeDispute: (orderId, outcome) =>
      act(orderId, outcome === 'won' ? 'win_dispute' : 'lose_dispute', { status: 'dispute_lost' }),
    close: () => Promise.resolve(),
  };
}

function orderOf({ orderId, userId, packageName, price, currency, expiresAt }: CheckoutRequest): Order {
  return {
    id: orderId,
    userId,
    package: {
      ...{ id: 'small', name: packageName, price, currency },
      ...{
        credits: 1,
        bonusCredits: 0,
        bonusExpiresAfterMs: null,
        expiresAfterMs: null,
        limitPerAccount: null,
      },
    },
    status: 'open',
    provider: 'demo',
    checkoutId: null,
    checkoutUrl: null,
    expiresAt,
    paymentId: null,
    paidAt: null,
    refunded: 0,
    lotId: null,
    bonusLotId: null,
    createdAt: expiresAt,
  };
}
