import * as v from 'valibot';
import { entryKinds } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import type { SearchedEntry } from '../../../ports/record-search.js';
import { entryResponse, presentEntry } from '../account/ledger-entries.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { idCursors } from '../kit/paging.js';
import { oneOf, recordRange, recordRangeOf, userReference } from '../kit/query-fields.js';
import { count, id } from '../kit/response-fields.js';
import { respondWithList, searched, searchQueryWith } from '../kit/send-list.js';
import { searchResponses } from './list-responses.js';

const entryFilters = v.object({
  user: userReference,
  kind: v.optional(oneOf(entryKinds)),
  ...recordRange,
});

/** An entry of the ledger with the account that it belongs to. */
const namedEntryResponse = namedSchema(
  'NamedEntry',
  v.object({
    ...entryResponse.entries,
    user_id: id,
    username: v.nullable(v.string()),
    tokens_beyond_hold: v.nullable(count),
    tokens_uncollected: v.nullable(count),
  }),
);

const columns = [
  ...['id', 'created_at', 'user_id', 'username', 'kind', 'amount', 'balance_after', 'chat_id', 'reason'],
  ...['hold_id', 'action', 'units', 'tokens_beyond_hold', 'tokens_uncollected'],
];

export const listAllEntries = defineRoute({
  method: 'GET',
  path: '/api/admin/entries/',
  id: 'listAllEntries',
  tag: 'Administration',
  summary: 'List the ledger entries of all accounts',
  description:
    'A charge that was more than its hold says how much of it was taken from the balance (`tokens_beyond_hold`), and what was used but not charged because nothing covered it (`tokens_uncollected`).',
  access: 'admin',
  query: searchQueryWith(entryFilters),
  responses: searchResponses(namedEntryResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { user = null, kind = null } = query;
    const search = { caller, user, kind, ...recordRangeOf(query) };
    return respondWithList(c, query, {
      name: 'entries',
      read: (page: PageRequest) => core.admin.entries(search, searched(page, query)),
      cursors: idCursors,
      present: presentNamedEntry,
      columns,
      credits: {
        columns: ['amount', 'balance_after', 'tokens_beyond_hold', 'tokens_uncollected'],
        unit: core.unit,
      },
    });
  },
});

function presentNamedEntry(entry: SearchedEntry): v.InferOutput<typeof namedEntryResponse> {
  return {
    ...presentEntry(entry),
    user_id: entry.userId,
    username: entry.username,
    tokens_beyond_hold: entry.taken,
    tokens_uncollected: entry.uncollected,
  };
}
