import * as v from 'valibot';
import type { StatisticsReport } from '../../../domain/admin/read-statistics.js';
import type { ExchangeCounts } from '../../../ports/statistics.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { userReference } from '../kit/query-fields.js';
import { count, day, id } from '../kit/response-fields.js';
import { calendarDay } from '../kit/timestamp.js';

const statisticsQuery = v.object({
  from: v.optional(calendarDay),
  to: v.optional(calendarDay),
  user: userReference,
});

const chatCounts = {
  chats: count,
  tokens_charged: count,
  tokens_uncollected: count,
  failures: count,
  cancelled: count,
};
const counts = {
  accounts: count,
  active_accounts: count,
  ...chatCounts,
  tokens_metered: count,
  tokens_granted: count,
  tokens_expired: count,
};

const statisticsResponse = namedSchema(
  'Statistics',
  v.object({
    from: day,
    to: day,
    totals: v.object(counts),
    by_day: v.array(v.object({ day, ...counts })),
    by_model: v.array(v.object({ model: v.string(), ...chatCounts })),
    by_action: v.array(
      v.object({ action: v.string(), charges: count, tokens_charged: count, tokens_uncollected: count }),
    ),
    by_day_and_model: v.array(v.object({ day, model: v.string(), ...chatCounts })),
    latency_by_model: v.array(
      v.object({ model: v.string(), replies: count, median_ms: count, slow_ms: count }),
    ),
    revenue: v.array(v.object({ day, currency: v.string(), orders: count, paid: count, refunded: count })),
    top_accounts: v.array(
      v.object({ user_id: id, username: v.nullable(v.string()), charges: count, tokens_charged: count }),
    ),
  }),
);

export const readStatistics = defineRoute({
  method: 'GET',
  path: '/api/admin/stats/',
  id: 'readStatistics',
  tag: 'Administration',
  summary: 'Read statistics by day and model',
  description:
    'The range has at most 366 days; by default it is the last 30. `tokens_charged` is for chats, `tokens_metered` for other actions (`by_action`). `tokens_uncollected` was used but not charged, because neither the hold nor the balance nor the caps covered it. `tokens_granted` counts grants, opening grants, purchases, vouchers and allowances. `active_accounts` sent a message or were charged for another action. `latency_by_model` is of complete replies: half of them took at most `median_ms`, 95 of 100 at most `slow_ms`. `revenue` is of the paid orders that were made on that day, in the smallest unit of the currency. `top_accounts` are the ten that were charged most. With `user`, an id, username or email, the counts are of one account, and the last three are empty.',
  access: 'admin',
  query: statisticsQuery,
  responses: { 200: { description: 'The statistics.', json: statisticsResponse } },
  handler: async ({ c, core, caller, query }) => {
    const { from = null, to = null, user = null } = query;
    return c.json(presentStatistics(await core.admin.statistics({ caller, from, to, user })));
  },
});

function presentStatistics(report: StatisticsReport): v.InferOutput<typeof statisticsResponse> {
  const { from, to, totals, days, models, actions, modelDays, latencies, revenue, topAccounts } = report;
  return {
    from,
    to,
    totals: presentCounts(totals),
    by_day: days.map(({ day, ...ofDay }) => ({ day, ...presentCounts(ofDay) })),
    by_model: models.map(({ model, ...ofModel }) => ({ model, ...presentChatCounts(ofModel) })),
    by_action: actions.map(({ action, charges, charged, uncollected }) => ({
      action,
      charges,
      tokens_charged: charged,
      tokens_uncollected: uncollected,
    })),
    by_day_and_model: modelDays.map(({ day, model, ...chats }) => ({
      day,
      model,
      ...presentChatCounts(chats),
    })),
    latency_by_model: latencies.map(({ model, replies, medianMs, slowMs }) => ({
      ...{ model, replies, median_ms: medianMs, slow_ms: slowMs },
    })),
    revenue,
    top_accounts: topAccounts.map(({ userId, username, charges, charged }) => ({
      ...{ user_id: userId, username, charges, tokens_charged: charged },
    })),
  };
}

function presentCounts({
  accounts,
  active,
  metered,
  granted,
  expired,
  ...chats
}: StatisticsReport['totals']) {
  return {
    accounts,
    active_accounts: active,
    ...presentChatCounts(chats),
    tokens_metered: metered,
    tokens_granted: granted,
    tokens_expired: expired,
  };
}

function presentChatCounts(counted: Omit<ExchangeCounts, 'day' | 'model'>) {
  const { chats, charged, uncollected, failed, cancelled } = counted;
  return { chats, tokens_charged: charged, tokens_uncollected: uncollected, failures: failed, cancelled };
}
