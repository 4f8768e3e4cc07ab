import type { Clock } from '../../ports/clock.js';
import type {
  ActionCounts,
  Counts,
  ExchangeCounts,
  Highlights,
  ModelLatency,
  Statistics,
} from '../../ports/statistics.js';
import type { UserStore } from '../../ports/user-store.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { throwIfInvalid } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import { userIdOf, type UserReference } from './user-reference.js';

export interface ReadStatisticsDeps {
  statistics: Pick<Statistics, 'count' | 'highlights'>;
  userStore: Pick<UserStore, 'findByName'>;
  clock: Pick<Clock, 'now'>;
}

/** Counts of exchanges and the credits they cost. Sums of credits are capped at 2^53 − 1. */
type ChatTally = Pick<ExchangeCounts, 'chats' | 'charged' | 'uncollected' | 'failed' | 'cancelled'>;

/** Counts over a period. `uncollected` includes other actions than chats. */
export type Tally = ChatTally & {
  accounts: number;
  /** Accounts that sent a message or were charged for another action; in the totals each one once. */
  active: number;
  /** Credits charged for other actions than chats. */
  metered: number;
  granted: number;
  expired: number;
};

/**
 * Statistics from one day to another, both included. The model with most replies is first; revenue is sorted by
 * day and currency. The
 * statistics of one account have none of the highlights.
 */
export interface StatisticsReport extends Highlights {
  from: string;
  to: string;
  totals: Tally;
  /** Every day, oldest first, also days without activity. */
  days: (Tally & { day: string })[];
  /** Every model that was used, most used first. */
  models: (ChatTally & { model: string })[];
  /** Every action other than a chat that was charged, the one that cost most first. */
  actions: Omit<ActionCounts, 'day'>[];
  /** Only pairs of day and model with activity. */
  modelDays: ExchangeCounts[];
}

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 30;
const maxDays = 366;

/**
 * Returns statistics by day (UTC), of all accounts or of the one that `user` names; if it names none, all counts are 0. `from` and `to` are the starts of the first and the last day; null means the last 30 days.
 * Rejects with `admin_required`, or with `invalid_input` if the range is empty or longer than 366 days.
 */
export async function readStatistics(
  deps: ReadStatisticsDeps,
  input: { caller: AdminCaller; from: Date | null; to: Date | null; user?: UserReference },
): Promise<StatisticsReport> {
  requireAdmin(input.caller, 'read');
  const lastMs = input.to?.getTime() ?? Math.floor(deps.clock.now().getTime() / dayMs) * dayMs;
  const firstMs = input.from?.getTime() ?? lastMs - (defaultDays - 1) * dayMs;
  const length = (lastMs - firstMs) / dayMs + 1;
  throwIfInvalid({
    from: [
      ...(length < 1 ? ['Must not be after the last day.'] : []),
      ...(length > maxDays ? [`Must be at most ${maxDays} days before the last day.`] : []),
    ],
  });
  const range = { from: new Date(firstMs), to: new Date(lastMs + dayMs) };
  const userId = await userIdOf(deps, input.user ?? null);
  const counts = userId === undefined ? noCounts : await deps.statistics.count({ ...range, userId });
  const highlights = userId === null ? await deps.statistics.highlights(range) : noHighlights;
  const days = Array.from({ length }, (_, index) => dayOf(firstMs + index * dayMs));
  return { ...report(days, counts), ...sortedHighlights(highlights) };
}

const noCounts: Counts = {
  ...{ exchanges: [], actions: [], accounts: [], credits: [] },
  active: { byDay: [], accounts: 0 },
};
const noHighlights: Highlights = { latencies: [], revenue: [], topAccounts: [] };

function sortedHighlights({ latencies, revenue, topAccounts }: Highlights): Highlights {
  return {
    latencies: [...latencies].sort((left, right) => right.replies - left.replies || byModel(left, right)),
    revenue: [...revenue].sort((left, right) =>
      `${left.day} ${left.currency}` < `${right.day} ${right.currency}` ? -1 : 1,
    ),
    topAccounts,
  };
}

function byModel(left: ModelLatency, right: ModelLatency): number {
  return left.model < right.model ? -1 : 1;
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

function report(
  days: readonly string[],
  { exchanges, actions, accounts, credits, active }: Counts,
): Omit<StatisticsReport, keyof Highlights> {
  const byDay = new Map(days.map((day) => [day, { day, ...nothing() }]));
  const totals = nothing();
  const models = new Map<string, ChatTally & { model: string }>();
  for (const { day, model, ...chats } of exchanges) {
    const ofModel = models.get(model) ?? { model, ...noChats };
    models.set(model, ofModel);
    for (const tally of [totals, byDay.get(day), ofModel]) if (tally !== undefined) addChats(tally, chats);
  }
  for (const { day, created } of accounts) {
    for (const tally of [totals, byDay.get(day)]) if (tally !== undefined) tally.accounts += created;
  }
  totals.active = active.accounts;
  for (const { day, accounts: count } of active.byDay) {
    const tally = byDay.get(day);
    if (tally !== undefined) tally.active = count;
  }
  for (const { day, charged, uncollected } of actions) {
    for (const tally of [totals, byDay.get(day)]) {
      if (tally === undefined) continue;
      tally.metered = sumOf(tally.metered, charged);
      tally.uncollected = sumOf(tally.uncollected, uncollected);
    }
  }
  for (const { day, granted, expired } of credits) {
    for (const tally of [totals, byDay.get(day)]) {
      if (tally === undefined) continue;
      tally.granted = sumOf(tally.granted, granted);
      tally.expired = sumOf(tally.expired, expired);
    }
  }
  return {
    from: days.at(0) ?? '',
    to: days.at(-1) ?? '',
    totals,
    days: [...byDay.values()],
    models: [...models.values()].sort(byUse),
    actions: actionTotals(actions),
    modelDays: [...exchanges].sort(byDayAndModel),
  };
}

const noChats: ChatTally = { chats: 0, charged: 0, uncollected: 0, failed: 0, cancelled: 0 };

function nothing(): Tally {
  return { accounts: 0, active: 0, ...noChats, metered: 0, granted: 0, expired: 0 };
}

function addChats(tally: ChatTally, more: ChatTally): void {
  tally.chats += more.chats;
  tally.charged = sumOf(tally.charged, more.charged);
  tally.uncollected = sumOf(tally.uncollected, more.uncollected);
  tally.failed += more.failed;
  tally.cancelled += more.cancelled;
}

function actionTotals(actions: readonly ActionCounts[]): StatisticsReport['actions'] {
  const totals = new Map<string, StatisticsReport['actions'][number]>();
  for (const { action, charges, charged, uncollected } of actions) {
    const total = totals.get(action) ?? { action, charges: 0, charged: 0, uncollected: 0 };
    totals.set(action, total);
    total.charges += charges;
    total.charged = sumOf(total.charged, charged);
    total.uncollected = sumOf(total.uncollected, uncollected);
  }
  return [...totals.values()].sort(
    (left, right) => right.charged - left.charged || (left.action < right.action ? -1 : 1),
  );
}

function sumOf(left: number, right: number): number {
  return Math.min(left + right, maxCredits);
}

function byUse(left: ChatTally & { model: string }, right: ChatTally & { model: string }): number {
  return right.chats - left.chats || (left.model < right.model ? -1 : 1);
}

function byDayAndModel(left: ExchangeCounts, right: ExchangeCounts): number {
  const [one, other] = [left, right].map(({ day, model }) => `${day} ${model}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
