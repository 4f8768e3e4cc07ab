import { grantKinds, maxCredits, type Entry } from '../../domain/ledger/entry.js';
import type {
  ActionCounts,
  Counts,
  ExchangeCounts,
  ModelResults,
  Statistics,
} from '../../ports/statistics.js';
import { memoryHighlights } from './highlights.js';
import { isChat } from './stored-exchanges.js';
import { runAtomically, type MemoryState } from './state.js';

/** Statistics over all data in memory. */
export function memoryStatistics(state: MemoryState): Statistics {
  return {
    count: ({ from, to, userId }) =>
      runAtomically(() => {
        const isWithin = ({ createdAt }: { createdAt: Date }) => createdAt >= from && createdAt < to;
        const isCounted = (item: { createdAt: Date; userId: string }) =>
          isWithin(item) && (userId === null || item.userId === userId);
        const accounts = [...state.accounts.values()];
        const created = [...state.users.values()]
          .map(({ user }) => user)
          .filter((user) => isWithin(user) && (userId === null || user.id === userId));
        return {
          exchanges: exchangeCounts(state, isCounted),
          accounts: byDay(created, () => 1).map(([day, count]) => ({ day, created: count })),
          actions: actionCounts(state, isCounted),
          credits: creditCounts(accounts.flatMap(({ entries }) => [...entries.values()]).filter(isCounted)),
          active: activeAccounts(state, isCounted),
        };
      }),
    highlights: ({ from, to }) => runAtomically(() => memoryHighlights(state, { from, to })),
    modelResults: ({ from, countedFrom }) => runAtomically(() => modelResults(state, from, countedFrom)),
  };
}

const modelFailures = ['provider_failed', 'provider_timeout', 'provider_busy'];

function modelResults(state: MemoryState, from: Date, countedFrom: Date): ModelResults[] {
  const results = new Map<string, ModelResults>();
  const resultsOf = (model: string) => {
    const result = results.get(model) ?? { model, lastSuccessAt: null, replies: 0, failures: 0 };
    results.set(model, result);
    return result;
  };
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange } of exchanges.values()) {
      const { createdAt, model, repliedBy, status, failure, failedModels } = exchange;
      if (!isChat(exchange) || createdAt < from) continue;
      const counted = Number(createdAt >= countedFrom);
      const hasReply = (status === 'completed' || status === 'cancelled') && repliedBy !== null;
      if (hasReply) {
        const result = resultsOf(repliedBy);
        if (result.lastSuccessAt === null || createdAt > result.lastSuccessAt)
          result.lastSuccessAt = createdAt;
        result.replies += counted;
      }
      if (failedModels !== null) {
        for (const failed of failedModels) resultsOf(failed).failures += counted;
        continue;
      }
      const hasFailed = status === 'failed' && failure !== null && modelFailures.includes(failure);
      if (hasFailed || (hasReply && repliedBy !== model)) resultsOf(model).failures += counted;
    }
  }
  return [...results.values()];
}

type IsCounted = (item: { createdAt: Date; userId: string }) => boolean;

function activeAccounts(state: MemoryState, isCounted: IsCounted): Counts['active'] {
  const days = new Map<string, Set<string>>();
  const accounts = new Set<string>();
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange } of exchanges.values()) {
      if (!isCounted(exchange)) continue;
      accounts.add(exchange.userId);
      days.set(dayOf(exchange), (days.get(dayOf(exchange)) ?? new Set()).add(exchange.userId));
    }
  }
  return {
    byDay: Array.from(days, ([day, active]) => ({ day, accounts: active.size })),
    accounts: accounts.size,
  };
}

function exchangeCounts(state: MemoryState, isCounted: IsCounted): Counts['exchanges'] {
  const counts = new Map<string, ExchangeCounts>();
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange } of exchanges.values()) {
      if (!isChat(exchange) || !isCounted(exchange)) continue;
      const [day, model] = [dayOf(exchange), exchange.repliedBy ?? exchange.model];
      const empty = { day, model, chats: 0, charged: 0, uncollected: 0, failed: 0, cancelled: 0 };
      const count = counts.get(`${day} ${model}`) ?? empty;
      counts.set(`${day} ${model}`, count);
      count.chats += 1;
      count.charged = Math.min(count.charged + (exchange.captured ?? 0), maxCredits);
      count.uncollected = Math.min(count.uncollected + exchange.uncollected, maxCredits);
      count.failed += Number(exchange.status === 'failed');
      count.cancelled += Number(exchange.status === 'cancelled');
    }
  }
  return [...counts.values()];
}

function actionCounts(state: MemoryState, isCounted: IsCounted): Counts['actions'] {
  const counts = new Map<string, ActionCounts>();
  for (const { exchanges } of state.accounts.values()) {
    for (const { exchange } of exchanges.values()) {
      const { action, captured, uncollected } = exchange;
      if (isChat(exchange) || captured === null || !isCounted(exchange)) continue;
      const day = dayOf(exchange);
      const count = counts.get(`${day} ${action}`) ?? { day, action, charges: 0, charged: 0, uncollected: 0 };
      counts.set(`${day} ${action}`, count);
      count.charges += 1;
      count.charged = Math.min(count.charged + captured, maxCredits);
      count.uncollected = Math.min(count.uncollected + uncollected, maxCredits);
    }
  }
  return [...counts.values()];
}

function creditCounts(entries: readonly Readonly<Entry>[]): Counts['credits'] {
  const granted = new Map(
    byDay(
      entries.filter(({ kind }) => grantKinds.has(kind)),
      ({ amount }) => amount,
    ),
  );
  const expired = new Map(
    byDay(
      entries.filter(({ kind }) => kind === 'expiry'),
      ({ amount }) => -amount,
    ),
  );
  const days = new Set([...granted.keys(), ...expired.keys()]);
  return [...days].map((day) => ({ day, granted: granted.get(day) ?? 0, expired: expired.get(day) ?? 0 }));
}

function byDay<Item extends { createdAt: Date }>(
  items: readonly Readonly<Item>[],
  amountOf: (item: Readonly<Item>) => number,
): [day: string, amount: number][] {
  const sums = new Map<string, number>();
  for (const item of items) {
    const sum = (sums.get(dayOf(item)) ?? 0) + amountOf(item);
    sums.set(dayOf(item), Math.min(sum, maxCredits));
  }
  return [...sums];
}

function dayOf({ createdAt }: { createdAt: Date }): string {
  return createdAt.toISOString().slice(0, 10);
}
