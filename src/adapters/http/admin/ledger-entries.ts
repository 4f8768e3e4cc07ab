import * as v from 'valibot';
import { entryKinds, type Entry } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import type { Named } from '../../../ports/record-search.js';
import { entryResponse, presentEntry } from '../account/ledger-entries.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors } from '../kit/paging.js';
import { oneOf, rangeOf, timeRange, userReference } from '../kit/query-fields.js';
import { id } from '../kit/response-fields.js';
import { respondWithList, tableQueryWith } from '../kit/send-list.js';
import { listResponses } from './list-responses.js';

const entryFilters = v.object({
  user: userReference,
  kind: v.optional(oneOf(entryKinds)),
  ...timeRange,
});

/** An entry of the ledger with the account that it belongs to. */
const namedEntryResponse = namedSchema(
  'NamedEntry',
  v.object({ ...entryResponse.entries, user_id: id, username: v.nullable(v.string()) }),
);

const columns = [
  ...['id', 'created_at', 'user_id', 'username', 'kind', 'amount', 'balance_after', 'chat_id', 'reason'],
];

export const listAllEntries = defineRoute({
  method: 'GET',
  path: '/api/admin/entries/',
  id: 'listAllEntries',
  tag: 'Administration',
  summary: 'List the ledger entries of all accounts',
  access: 'admin',
  query: tableQueryWith(entryFilters),
  responses: listResponses(namedEntryResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { user = null, kind = null } = query;
    const search = { caller, user, kind, ...rangeOf(query) };
    return respondWithList(c, query, {
      name: 'entries',
      read: (page: PageRequest) => core.admin.entries(search, page),
      cursors: idCursors,
      present: presentNamedEntry,
      columns,
      credits: { columns: ['amount', 'balance_after'], unit: core.unit },
    });
  },
});

function presentNamedEntry(entry: Named<Entry>): v.InferOutput<typeof namedEntryResponse> {
  return { ...presentEntry(entry), user_id: entry.userId, username: entry.username };
}
