import { expect } from 'expect';
import { randomUUID } from 'node:crypto';
import type { CheckoutRequest, PaymentFact } from '../../ports/payments.js';
import type { TestRunner } from '../test-runner.js';
import { only, type PaymentsView } from './view.js';

/** Tests of refunds and disputes. */
export function moneyBackTests(
  { test }: TestRunner,
  { harness, newOrder, paid, factsOf }: PaymentsView,
): void {
  const refundRequest = (order: CheckoutRequest, payment: PaymentFact, amount: number, key: string) => ({
    orderId: order.orderId,
    userId: order.userId,
    paymentId: payment.id,
    amount,
    currency: order.currency,
    idempotencyKey: key,
  });

  test('a refund that is asked for is a fact with an id of its own', async () => {
    const order = newOrder();
    const payment = await paid(order);
    const refund = await harness().payments.refund(refundRequest(order, payment, 200, randomUUID()));
    expect(refund).toMatchObject({ kind: 'refunded', orderId: order.orderId, paymentId: payment.id });
    expect(refund).toMatchObject({ amount: 200, currency: 'eur' });
    expect(refund?.id).not.toBe(payment.id);
  });

  test('a key makes one refund, and each key another one', async () => {
    const order = newOrder();
    const payment = await paid(order);
    const [one, other] = [randomUUID(), randomUUID()];
    const ids: (string | undefined)[] = [];
    for (const key of [one, other, one, other])
      ids.push((await harness().payments.refund(refundRequest(order, payment, 100, key)))?.id);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    expect(new Set(ids).size).toBe(2);
  });

  test('a refund in the administration of the provider is a fact', async () => {
    const order = newOrder();
    const payment = await paid(order);
    const refund = only(await factsOf(await harness().refund(order.orderId)), 'refunded');
    expect(refund).toMatchObject({ orderId: order.orderId, paymentId: payment.id });
    expect(refund).toMatchObject({ amount: 500, currency: 'eur' });
    expect(refund.id).not.toBe(payment.id);
  });

  for (const outcome of ['won', 'lost'] as const)
    test(`the facts of a dispute that is ${outcome} have one id`, async () => {
      const order = newOrder();
      const payment = await paid(order);
      const disputed = only(await factsOf(await harness().dispute(order.orderId)), 'disputed');
      expect(disputed).toMatchObject({ orderId: order.orderId, paymentId: payment.id });
      expect(disputed).toMatchObject({ amount: 500, currency: 'eur' });
      const ended = only(
        await factsOf(await harness().closeDispute(order.orderId, outcome)),
        `dispute_${outcome}`,
      );
      expect(ended).toMatchObject({
        id: disputed.id,
        orderId: order.orderId,
        paymentId: payment.id,
        amount: 500,
      });
    });
}
