import * as v from 'valibot';
import { roles, userStatuses } from '../../domain/users/user.js';
import type { ListedUser, UserSort } from '../../ports/user-directory.js';
import { answerList } from './answer-list.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { idParameter } from './id-parameter.js';
import { onlyAdmins } from './only-admins.js';
import { oneOf } from './query-fields.js';
import { fitting } from './read-json.js';
import { route } from './route.js';
import { userCursors } from './user-cursors.js';

/** What `?sort=` can be; with `-` the other way round. */
const sorts = { created_at: 'created_at', username: 'username', tokens: 'balance' } as const satisfies Record<
  string,
  UserSort
>;
type SortName = keyof typeof sorts;
const sortNames = (Object.keys(sorts) as SortName[]).flatMap((name) => [name, `-${name}`] as const);

const query = v.object({
  q: v.optional(v.string()),
  role: v.optional(oneOf(roles)),
  status: v.optional(oneOf(userStatuses)),
  sort: v.optional(oneOf(sortNames), '-created_at'),
});

const columns = [
  ...(['id', 'username', 'email', 'email_verified', 'role', 'status', 'tokens', 'held'] as const),
  ...(['created_at', 'last_seen_at'] as const),
];

/** Looking through the accounts. */
export function adminUsersRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  route(app, '/api/admin/users/', onlyAdmins(needs), {
    GET: (c) => {
      const { q = null, role = null, status = null, sort: sortName } = fitting(query, c.req.query());
      const isDescending = sortName.startsWith('-');
      const sort = sorts[sortName.replace('-', '') as SortName];
      return answerList(c, {
        name: 'users',
        read: (page) => core.admin.users({ text: q, role, status, sort, isDescending }, page),
        cursors: userCursors(sort),
        present: presentListedUser,
        columns,
      });
    },
  });

  route(app, '/api/admin/users/:id/', onlyAdmins(needs), {
    GET: async (c) => c.json(presentListedUser(await core.admin.user(idParameter(c)))),
  });
}

function presentListedUser(user: ListedUser) {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    role: user.role,
    status: user.status,
    tokens: user.balance,
    held: user.held,
    created_at: user.createdAt.toISOString(),
    last_seen_at: user.lastSeenAt?.toISOString() ?? null,
  };
}
