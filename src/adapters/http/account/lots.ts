import * as v from 'valibot';
import { lotKinds, type Lot } from '../../../domain/metering/lot.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { oneOf } from '../kit/query-fields.js';
import { count, id, pageResponses, time } from '../kit/response-fields.js';

export const lotResponse = namedSchema(
  'Lot',
  v.object({
    id,
    kind: v.picklist(lotKinds),
    amount: count,
    left: count,
    priority: count,
    expires_at: v.nullable(time),
    created_at: time,
  }),
);

/** `?left=true`: only lots that have something left. */
export const lotQuery = v.object({ ...pagingQuery.entries, left: v.optional(oneOf(['true'])) });

export const listLots = defineRoute({
  method: 'GET',
  path: '/api/tokens/lots/',
  id: 'listLots',
  tag: 'Tokens',
  summary: 'List the lots of the account',
  description:
    'Where the tokens come from, and when they end. The lot with the lowest `priority` is spent first, then the one that expires first, then the oldest. What is held for replies under way is still part of `left`. The id of a lot is the id of the entry that added it; what an account had before its first other lot is one lot, `opening`.',
  access: 'account',
  query: lotQuery,
  responses: pageResponses(lotResponse),
  handler: async ({ c, core, caller, query }) => {
    const request = { caller, userId: caller.user.id };
    const filter = { onlyLeft: query.left !== undefined };
    const page = await core.ledger.lots(request, requestedPage(query), filter);
    return c.json(presentPage(page, presentLot));
  },
});

/** Returns a lot as the API shows it. */
export function presentLot(lot: Lot): v.InferOutput<typeof lotResponse> {
  return {
    id: lot.id,
    kind: lot.kind,
    amount: lot.amount,
    left: lot.left,
    priority: lot.priority,
    expires_at: lot.expiresAt?.toISOString() ?? null,
    created_at: lot.createdAt.toISOString(),
  };
}
