import { maxCredits } from '../../domain/ledger/entry.js';
import type { DayRevenue, Highlights, ModelLatency, TopAccount } from '../../ports/statistics.js';
import type { MemoryState } from './state.js';
import { isChat } from './stored-exchanges.js';

interface Range {
  from: Date;
  to: Date;
}

/** The highlights of a range over all data in memory. */
export function memoryHighlights(state: MemoryState, range: Range): Highlights {
  return {
    latencies: latencies(state, range),
    revenue: revenue(state, range),
    topAccounts: topAccounts(state, range),
  };
}

function isWithin({ createdAt }: { createdAt: Date }, { from, to }: Range): boolean {
  return createdAt >= from && createdAt < to;
}

function latencies(state: MemoryState, range: Range): ModelLatency[] {
  const times = new Map<string, number[]>();
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange, endedAt } of exchanges.values()) {
      if (!isChat(exchange) || exchange.status !== 'completed' || endedAt === null) continue;
      if (!isWithin(exchange, range)) continue;
      const model = exchange.repliedBy ?? exchange.model;
      const ofModel = times.get(model) ?? [];
      times.set(model, ofModel);
      ofModel.push(endedAt.getTime() - exchange.createdAt.getTime());
    }
  }
  return Array.from(times, ([model, unsorted]) => {
    const sorted = unsorted.toSorted((left, right) => left - right);
    return {
      model,
      replies: sorted.length,
      medianMs: quantile(sorted, 0.5),
      slowMs: quantile(sorted, 0.95),
    };
  });
}

/** The first value that at least this part of the sorted values does not exceed. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
}

function revenue(state: MemoryState, range: Range): DayRevenue[] {
  const sums = new Map<string, DayRevenue>();
  for (const { orders } of state.accounts.values()) {
    for (const { order } of orders.values()) {
      if (order.paidAt === null || !isWithin(order, range)) continue;
      const { price, currency } = order.package;
      const day = order.createdAt.toISOString().slice(0, 10);
      const sum = sums.get(`${day} ${currency}`) ?? { day, currency, orders: 0, paid: 0, refunded: 0 };
      sums.set(`${day} ${currency}`, sum);
      sum.orders += 1;
      sum.paid = Math.min(sum.paid + price, maxCredits);
      sum.refunded = Math.min(sum.refunded + order.refunded, maxCredits);
    }
  }
  return [...sums.values()];
}

function topAccounts(state: MemoryState, range: Range): TopAccount[] {
  const sums = new Map<string, TopAccount>();
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange } of exchanges.values()) {
      const { userId, captured } = exchange;
      if (captured === null || captured === 0 || !isWithin(exchange, range)) continue;
      const username = state.users.get(userId)?.user.username ?? null;
      const sum = sums.get(userId) ?? { userId, username, charges: 0, charged: 0 };
      sums.set(userId, sum);
      sum.charges += 1;
      sum.charged = Math.min(sum.charged + captured, maxCredits);
    }
  }
  return [...sums.values()]
    .sort((left, right) => right.charged - left.charged || (left.userId < right.userId ? -1 : 1))
    .slice(0, 10);
}
