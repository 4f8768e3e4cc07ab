import type * as v from 'valibot';
import type { AccountRequest } from '../../../domain/chat/access.js';
import type { Core } from '../../../domain/core.js';
import type { Page, PageRequest } from '../../../domain/page.js';
import { defineRoute, type Route } from './define-route.js';
import type { Documentation } from './openapi/documentation.js';
import { pagingQuery, presentPage, requestedPage } from './paging.js';
import { pageResponses } from './response-fields.js';

interface AccountList<Item, Schema extends v.GenericSchema> extends Pick<
  Documentation,
  'id' | 'tag' | 'summary'
> {
  path: string;
  /** The schema of an item. */
  item: Schema;
  read: (core: Core, request: AccountRequest, page: PageRequest) => Promise<Page<Item>>;
  present: (item: Item) => v.InferOutput<Schema>;
}

/**
 * Declares a route that lists what the caller's account has, newest first, in pages.
 *
 * @example
 * ```ts
 * import { entryResponse, presentEntry } from '../account/ledger-entries.js';
 * import { defineAccountList } from '../kit/account-list.js';
 *
 * export const listEntries = defineAccountList({
 *   path: '/api/tokens/entries/',
 *   id: 'listEntries',
 *   tag: 'Tokens',
 *   summary: 'List the ledger entries of the account',
 *   item: entryResponse,
 *   read: (core, request, page) => core.ledger.entries(request, page),
 *   present: presentEntry,
 * });
 * ```
 */
export function defineAccountList<Item, Schema extends v.GenericSchema>({
  item,
  read,
  present,
  ...declared
}: AccountList<Item, Schema>): Route {
  return defineRoute({
    ...declared,
    method: 'GET',
    access: 'account',
    query: pagingQuery,
    responses: pageResponses(item),
    handler: async ({ c, core, caller, query }) => {
      const page = await read(core, { caller, userId: caller.user.id }, requestedPage(query));
      return c.json(presentPage(page, present));
    },
  });
}
