import {
  respondWithStatement,
  statementDescription,
  statementQuery,
  statementResponses,
} from '../account/statement.js';
import { defineRoute } from '../kit/define-route.js';

export const readUserStatement = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/statement/',
  id: 'readUserStatement',
  tag: 'Administration',
  summary: 'Read the statement of an account for a month',
  description: `${statementDescription} Of an erased account too, whose entries remain.`,
  access: 'admin',
  query: statementQuery,
  responses: statementResponses,
  handler: async ({ c, core, caller, query, params }) => {
    const request = { caller, userId: params.id, month: query.month ?? null };
    return respondWithStatement(c, query, await core.ledger.statement(request), core.unit);
  },
});
