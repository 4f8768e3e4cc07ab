import * as v from 'valibot';
import type { StatisticsReport } from '../../../domain/admin/read-statistics.js';
import {
  invariantStatements,
  isSound,
  type InvariantName,
  type LedgerAuditReport,
} from '../../../domain/ledger/invariants.js';
import type { ExchangeCounts } from '../../../ports/statistics.js';
import { count, day, whole } from '../kit/response-fields.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { onlyAdmins } from '../kit/only-admins.js';
import { noQuery } from '../kit/query-fields.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import { calendarDay } from '../kit/timestamp.js';

export const statisticsQuery = v.object({ from: v.optional(calendarDay), to: v.optional(calendarDay) });

const chatTally = { chats: count, tokens_charged: count, failures: count, cancelled: count };
const tally = { accounts: count, ...chatTally, tokens_granted: count };

export const statisticsResponse = v.object({
  from: day,
  to: day,
  totals: v.object(tally),
  by_day: v.array(v.object({ day, ...tally })),
  by_model: v.array(v.object({ model: v.string(), ...chatTally })),
  by_day_and_model: v.array(v.object({ day, model: v.string(), ...chatTally })),
});

export const auditResponse = v.object({
  results: v.array(
    v.object({
      name: v.picklist(Object.keys(invariantStatements) as InvariantName[]),
      sentence: v.string(),
      violations: whole,
      passes: v.boolean(),
    }),
  ),
  sound: v.boolean(),
  overdue_holds: count,
});

/** What happened by day and model, and whether the books are right. */
export function adminReportsRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/admin/stats/', onlyAdmins(deps), {
    GET: async (c) => {
      const { from = null, to = null } = readQuery(c, statisticsQuery);
      return c.json(presentStatistics(await core.admin.statistics({ caller: c.get('caller'), from, to })));
    },
  });

  route(app, '/api/admin/invariants/', onlyAdmins(deps), {
    GET: async (c) => {
      readQuery(c, noQuery);
      return c.json(presentAudit(await core.ledger.audit({ caller: c.get('caller') })));
    },
  });
}

function presentStatistics({
  from,
  to,
  totals,
  days,
  models,
  modelDays,
}: StatisticsReport): v.InferOutput<typeof statisticsResponse> {
  const presentTally = ({ accounts, granted, ...chats }: StatisticsReport['totals']) => ({
    accounts,
    ...presentChats(chats),
    tokens_granted: granted,
  });
  return {
    from,
    to,
    totals: presentTally(totals),
    by_day: days.map(({ day, ...tally }) => ({ day, ...presentTally(tally) })),
    by_model: models.map(({ model, ...chats }) => ({ model, ...presentChats(chats) })),
    by_day_and_model: modelDays.map(({ day, model, ...chats }) => ({ day, model, ...presentChats(chats) })),
  };
}

function presentChats({ chats, charged, failed, cancelled }: Omit<ExchangeCounts, 'day' | 'model'>) {
  return { chats, tokens_charged: charged, failures: failed, cancelled };
}

/** In the words of `npm run ledger:verify`. */
function presentAudit(report: LedgerAuditReport): v.InferOutput<typeof auditResponse> {
  const names = Object.keys(invariantStatements) as InvariantName[];
  return {
    results: names.map((name) => ({
      name,
      sentence: invariantStatements[name],
      violations: report.broken[name],
      passes: report.broken[name] === 0,
    })),
    sound: isSound(report),
    overdue_holds: report.overdueHolds,
  };
}
