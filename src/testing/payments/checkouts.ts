import { expect } from 'expect';
import type { TestRunner } from '../test-runner.js';
import { only, type PaymentsView } from './view.js';

/** Tests of checkouts and the payments that are made there. */
export function checkoutTests(
  { test }: TestRunner,
  { harness, newOrder, paid, factsOf }: PaymentsView,
): void {
  test('a checkout has an id and an absolute URL', async () => {
    const checkout = await harness().payments.createCheckout(newOrder());
    expect(checkout.id).not.toBe('');
    expect(URL.canParse(checkout.url)).toBe(true);
  });

  test('an order has one checkout, however often and at once it is asked for', async () => {
    const order = newOrder();
    const create = () => harness().payments.createCheckout(order);
    const checkouts = await Promise.all([create(), create(), create()]);
    checkouts.push(await create());
    expect(new Set(checkouts.map(({ id }) => id)).size).toBe(1);
    expect(new Set(checkouts.map(({ url }) => url)).size).toBe(1);
    const other = await harness().payments.createCheckout(newOrder());
    expect(other.id).not.toBe(checkouts[0].id);
  });

  test('a payment is one fact, with the id of the payment, the order, the amount and the currency', async () => {
    const order = newOrder({ price: 1234, currency: 'usd' });
    const fact = await paid(order);
    expect(fact).toMatchObject({ kind: 'paid', orderId: order.orderId, amount: 1234, currency: 'usd' });
    expect(fact.paymentId).toBe(fact.id);
    expect(Math.abs(fact.occurredAt.getTime() - harness().now().getTime())).toBeLessThan(60_000);
  });

  test('amounts of currencies without decimals are whole units', async () => {
    expect(await paid(newOrder({ price: 500, currency: 'jpy' }))).toMatchObject({
      amount: 500,
      currency: 'jpy',
    });
  });

  test('a name of any characters is sold as it is', async () => {
    const packageName = '<b>"10 000" & more</b> 中文 \u{1F4B8}[0]=%5B';
    expect(await paid(newOrder({ packageName }))).toMatchObject({ kind: 'paid' });
  });

  test('a declined attempt is no fact, and the order can be paid afterwards', async () => {
    const order = newOrder();
    await harness().payments.createCheckout(order);
    expect(await factsOf(await harness().decline(order.orderId))).toEqual([]);
    only(await factsOf(await harness().pay(order.orderId)), 'paid');
  });

  test('an event that is read again states the same fact', async () => {
    const order = newOrder();
    await harness().payments.createCheckout(order);
    const requests = await harness().pay(order.orderId);
    expect(await factsOf(requests)).toEqual(await factsOf([...requests].reverse()));
  });
}
