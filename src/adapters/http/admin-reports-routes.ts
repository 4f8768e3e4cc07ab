import * as v from 'valibot';
import type { StatisticsReport } from '../../domain/admin/read-statistics.js';
import {
  invariantStatements,
  isSound,
  type InvariantName,
  type LedgerAuditReport,
} from '../../domain/ledger/invariants.js';
import type { ExchangeCounts } from '../../ports/statistics.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { onlyAdmins } from './only-admins.js';
import { fitting } from './read-json.js';
import { route } from './route.js';
import { calendarDay } from './timestamp.js';

const query = v.object({ from: v.optional(calendarDay), to: v.optional(calendarDay) });

/** What happened by day and model, and whether the books are right. */
export function adminReportsRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  route(app, '/api/admin/stats/', onlyAdmins(needs), {
    GET: async (c) => {
      const { from = null, to = null } = fitting(query, c.req.query());
      return c.json(presentStatistics(await core.admin.statistics({ from, to })));
    },
  });

  route(app, '/api/admin/invariants/', onlyAdmins(needs), {
    GET: async (c) => c.json(presentAudit(await core.ledger.audit())),
  });
}

function presentStatistics({ from, to, totals, days, models, modelDays }: StatisticsReport) {
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
function presentAudit(report: LedgerAuditReport) {
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
