import * as v from 'valibot';
import { exchangeStatuses, type Exchange } from '../../../domain/chat/exchange.js';
import type { PageRequest } from '../../../domain/page.js';
import type { Named } from '../../../ports/record-search.js';
import { exchangeResponse, presentExchange } from '../chat/history.js';
import { presentUsage, usageResponse } from '../chat/send.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors } from '../kit/paging.js';
import { oneOf, recordRange, recordRangeOf, userReference } from '../kit/query-fields.js';
import { count, id } from '../kit/response-fields.js';
import { respondWithList, searched, searchQueryWith } from '../kit/send-list.js';
import { searchResponses } from './list-responses.js';

const chatFilters = v.object({
  user: userReference,
  status: v.optional(oneOf(exchangeStatuses)),
  model: v.optional(v.string()),
  text: v.optional(v.string()),
  ...recordRange,
});

/** An exchange with the account that it belongs to. `tokens_beyond_hold` is the part of `tokens_charged` that was not held. */
const namedExchangeResponse = namedSchema(
  'NamedExchange',
  v.object({
    ...exchangeResponse.entries,
    user_id: id,
    username: v.nullable(v.string()),
    usage: usageResponse,
    tokens_held: count,
    tokens_beyond_hold: count,
    tokens_uncollected: count,
  }),
);

const columns = [
  ...['id', 'created_at', 'user_id', 'username', 'conversation_id', 'model', 'status', 'tokens_charged'],
  ...['message', 'response', 'tokens_held', 'tokens_beyond_hold', 'tokens_uncollected', 'erased'],
];

export const listAllExchanges = defineRoute({
  method: 'GET',
  path: '/api/admin/chats/',
  id: 'listAllExchanges',
  tag: 'Administration',
  summary: 'List the exchanges of all accounts',
  description:
    '`erased`: the texts were erased, by the account or with it. `tokens_held` is what was held when the reply began. A reply that cost more took `tokens_beyond_hold` from the balance, which is part of `tokens_charged`; `tokens_uncollected` was used but not charged, because nothing covered it.',
  access: 'admin',
  query: searchQueryWith(chatFilters),
  responses: searchResponses(namedExchangeResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { user = null, status = null, model = null, text = null } = query;
    const search = { caller, user, status, model, text, ...recordRangeOf(query) };
    return respondWithList(c, query, {
      name: 'chats',
      read: (page: PageRequest) => core.admin.exchanges(search, searched(page, query)),
      cursors: idCursors,
      present: presentNamedExchange,
      columns,
      credits: {
        columns: ['tokens_charged', 'tokens_held', 'tokens_beyond_hold', 'tokens_uncollected'],
        unit: core.unit,
      },
    });
  },
});

export const readExchange = defineRoute({
  method: 'GET',
  path: '/api/admin/chats/{id}/',
  id: 'readExchange',
  tag: 'Administration',
  summary: 'Read an exchange',
  access: 'admin',
  responses: { 200: { description: 'The exchange.', json: namedExchangeResponse } },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentNamedExchange(await core.admin.exchange({ caller, exchangeId: params.id }))),
});

function presentNamedExchange(exchange: Named<Exchange>): v.InferOutput<typeof namedExchangeResponse> {
  const { userId, username, usage, held, taken, uncollected } = exchange;
  return {
    ...presentExchange(exchange),
    user_id: userId,
    username,
    usage: presentUsage(usage),
    tokens_held: held,
    tokens_beyond_hold: taken,
    tokens_uncollected: uncollected,
  };
}
