import { expect } from 'expect';
import type { PaymentFact } from '../../ports/payments.js';
import type { TestRunner } from '../test-runner.js';
import type { PaymentsView } from './view.js';

const dayMs = 24 * 60 * 60 * 1000;

/** More pages than a provider keeps days of events. */
const maxPages = 100;

/** Tests of reading what happened from the provider. */
export function listTests({ test }: TestRunner, { harness, newOrder, paid }: PaymentsView): void {
  const readToEnd = async (from: string | null) => {
    const facts: PaymentFact[] = [];
    let cursor = from;
    for (let page = 0; page < maxPages; page += 1) {
      const read = await harness().payments.eventsSince(cursor);
      facts.push(...read.facts);
      cursor = read.cursor;
      if (!read.hasMore) return { facts, cursor };
    }
    throw new TypeError(`The list does not end after ${maxPages} pages.`);
  };
  const idsOf = (facts: readonly PaymentFact[], orderIds: readonly string[]) => [
    ...new Set(
      facts.filter(({ orderId }) => orderIds.includes(orderId)).map(({ kind, id }) => `${kind} ${id}`),
    ),
  ];

  test('the list has what happened, oldest first, unless no event can be lost', async () => {
    const [one, other] = [newOrder(), newOrder()];
    const first = await paid(one);
    harness().advance(2000);
    const second = await paid(other);
    harness().advance(2000);
    await harness().refund(one.orderId);
    const { facts } = await readToEnd(null);
    const ids = idsOf(facts, [one.orderId, other.orderId]);
    if (!harness().listsEvents) {
      expect(ids).toEqual([]);
      return;
    }
    expect(ids).toHaveLength(3);
    expect(ids.slice(0, 2)).toEqual([`paid ${first.id}`, `paid ${second.id}`]);
    expect(ids[2]).toMatch(/^refunded /);
  });

  test('from a cursor, the list has what happened since, at once and after weeks', async () => {
    const before = newOrder();
    await paid(before);
    for (const ms of [1000, 600_000, dayMs, 20 * dayMs]) {
      const { cursor } = await readToEnd(null);
      harness().advance(ms);
      const order = newOrder();
      const { id } = await paid(order);
      const { facts, cursor: next } = await readToEnd(cursor);
      expect(idsOf(facts, [order.orderId])).toEqual(harness().listsEvents ? [`paid ${id}`] : []);
      expect((await readToEnd(next)).cursor).toBe(next);
    }
  });
}
