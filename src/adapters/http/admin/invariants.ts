import * as v from 'valibot';
import {
  invariantStatements,
  isSound,
  type InvariantName,
  type LedgerAuditReport,
} from '../../../domain/ledger/invariants.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count, whole } from '../kit/response-fields.js';

const invariantNames = Object.keys(invariantStatements) as InvariantName[];

const ledgerAuditResponse = namedSchema(
  'LedgerAudit',
  v.object({
    results: v.array(
      v.object({
        name: v.picklist(invariantNames),
        sentence: v.string(),
        violations: whole,
        passes: v.boolean(),
      }),
    ),
    sound: v.boolean(),
    overdue_holds: count,
  }),
);

export const auditLedger = defineRoute({
  method: 'GET',
  path: '/api/admin/invariants/',
  id: 'auditLedger',
  tag: 'Administration',
  summary: 'Check the invariants of the ledger',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'Each invariant with its violations.', json: ledgerAuditResponse } },
  handler: async ({ c, core, caller }) => c.json(presentLedgerAudit(await core.ledger.audit({ caller }))),
});

function presentLedgerAudit(report: LedgerAuditReport): v.InferOutput<typeof ledgerAuditResponse> {
  return {
    results: invariantNames.map((name) => ({
      name,
      sentence: invariantStatements[name],
      violations: report.broken[name],
      passes: report.broken[name] === 0,
    })),
    sound: isSound(report),
    overdue_holds: report.overdueHolds,
  };
}
