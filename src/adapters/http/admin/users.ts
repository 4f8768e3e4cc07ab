import * as v from 'valibot';
import { maxCredits } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import { roles, userStatuses } from '../../../domain/users/user.js';
import type { UserPlace, UserSort } from '../../../ports/user-directory.js';
import { email, jsonObject, newPassword, username } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleCredentials } from '../kit/openapi/examples.js';
import { originOf } from '../kit/headers.js';
import { oneOf, rangeOf, timeRange } from '../kit/query-fields.js';
import { respondWithList, searched, searchQueryWith } from '../kit/send-list.js';
import { searchResponses } from './list-responses.js';
import { foundUserResponse, listedUserResponse, presentFoundUser, presentListedUser } from './listed-user.js';
import { userCursors } from './user-cursors.js';

/** Sort orders by their names in `?sort=`; the prefix `-` means descending. */
const sorts = { created_at: 'created_at', username: 'username', tokens: 'balance' } as const satisfies Record<
  string,
  UserSort
>;
type SortName = keyof typeof sorts;
const sortNames = (Object.keys(sorts) as SortName[]).flatMap((name) => [name, `-${name}`] as const);

const userFilters = v.object({
  q: v.optional(v.string()),
  role: v.optional(oneOf(roles)),
  status: v.optional(oneOf(userStatuses)),
  ...timeRange,
  sort: v.optional(oneOf(sortNames), '-created_at'),
});

const columns = [
  ...['id', 'username', 'email', 'email_verified', 'role', 'status', 'tokens', 'held', 'created_at'],
  ...['last_seen_at', 'last_signed_in_at'],
];

export const listUsers = defineRoute({
  method: 'GET',
  path: '/api/admin/users/',
  id: 'listUsers',
  tag: 'Administration',
  summary: 'List the accounts',
  description:
    '`from` and `to` limit the time at which an account was created. `last_seen_at` is when it was last active: its last use of a session or key (to the minute), message or sign-in.',
  access: 'admin',
  query: searchQueryWith(userFilters),
  responses: searchResponses(listedUserResponse, columns),
  handler: ({ c, core, caller, query }) => {
    const { q: text = null, role = null, status = null } = query;
    const isDescending = query.sort.startsWith('-');
    const sort = sorts[query.sort.replace('-', '') as SortName];
    const search = { caller, text, role, status, ...rangeOf(query), sort, isDescending };
    return respondWithList(c, query, {
      name: 'users',
      read: (page: PageRequest<UserPlace>) => core.admin.users(search, searched(page, query)),
      cursors: userCursors(sort),
      present: presentListedUser,
      columns,
      credits: { columns: ['tokens', 'held'], unit: core.unit },
    });
  },
});

const invalidBalance = `Must be a whole number from 0 to ${maxCredits}.`;

const newUser = jsonObject({
  username,
  password: newPassword,
  email: v.nullish(email),
  role: v.optional(oneOf(roles), 'user'),
  tokens: v.optional(
    v.pipe(v.number(invalidBalance), v.safeInteger(invalidBalance), v.minValue(0, invalidBalance)),
  ),
});

export const createUser = defineRoute({
  method: 'POST',
  path: '/api/admin/users/',
  id: 'createUser',
  tag: 'Administration',
  summary: 'Create an account',
  description:
    'It starts with `tokens`, by default with the starting balance of every new account. If there is an email, it is sent a confirmation mail.',
  access: 'admin',
  body: {
    schema: newUser,
    examples: { plain: { ...exampleCredentials, tokens: 500 } },
  },
  responses: { 201: { description: 'The new account.', json: foundUserResponse } },
  problems: ['session_required', 'username_taken', 'email_taken'],
  handler: async ({ c, core, caller, body }) => {
    const { id } = await core.admin.createAccount({
      caller,
      username: body.username,
      password: body.password,
      email: body.email ?? null,
      role: body.role,
      startingCredits: body.tokens,
      origin: originOf(c),
    });
    return c.json(presentFoundUser(await core.admin.user({ caller, userId: id })), 201);
  },
});
