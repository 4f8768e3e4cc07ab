import * as v from 'valibot';
import { entryKinds, type Entry } from '../../../domain/ledger/entry.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { pagingQuery, presentPage, requestedPage } from '../kit/paging.js';
import { count, id, pageOf, time, whole } from '../kit/response-fields.js';

export const entryResponse = namedSchema(
  'Entry',
  v.object({
    id,
    kind: v.picklist(entryKinds),
    amount: whole,
    balance_after: count,
    chat_id: v.nullable(id),
    reason: v.nullable(v.string()),
    created_at: time,
  }),
);

export const listEntries = defineRoute({
  method: 'GET',
  path: '/api/tokens/entries/',
  id: 'listEntries',
  tag: 'Tokens',
  summary: 'List the ledger entries of the account',
  access: 'account',
  query: pagingQuery,
  responses: { 200: { description: 'A page, newest first.', json: pageOf(entryResponse) } },
  handler: async ({ c, core, caller, query }) => {
    const page = await core.ledger.entries({ caller, userId: caller.user.id }, requestedPage(query));
    return c.json(presentPage(page, presentEntry));
  },
});

/** Returns a ledger entry as the API shows it. */
export function presentEntry(entry: Entry): v.InferOutput<typeof entryResponse> {
  return {
    id: entry.id,
    kind: entry.kind,
    amount: entry.amount,
    balance_after: entry.balanceAfter,
    chat_id: entry.exchangeId,
    reason: entry.reason,
    created_at: entry.createdAt.toISOString(),
  };
}
