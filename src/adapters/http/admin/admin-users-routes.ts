import * as v from 'valibot';
import { maxCredits } from '../../../domain/ledger/entry.js';
import type { PageRequest } from '../../../domain/page.js';
import { roles, userStatuses } from '../../../domain/users/user.js';
import type { ListedUser, UserPlace, UserSort } from '../../../ports/user-directory.js';
import { count, id, time } from '../kit/response-fields.js';
import { sendList } from '../kit/send-list.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { idempotencyKeyOf } from '../kit/idempotency-key.js';
import { presentEntry } from '../account/ledger-routes.js';
import { originOf } from '../kit/origin.js';
import { onlyAdmins } from '../kit/only-admins.js';
import { oneOf, rangeOf, timeRange } from '../kit/query-fields.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import { amount, email, keepKeys, newPassword, reason, username } from '../kit/body-fields.js';
import { userCursors } from '../kit/user-cursors.js';

/** What `?sort=` can be; with `-` the other way round. */
const sorts = { created_at: 'created_at', username: 'username', tokens: 'balance' } as const satisfies Record<
  string,
  UserSort
>;
type SortName = keyof typeof sorts;
const sortNames = (Object.keys(sorts) as SortName[]).flatMap((name) => [name, `-${name}`] as const);

export const userQuery = v.object({
  q: v.optional(v.string()),
  role: v.optional(oneOf(roles)),
  status: v.optional(oneOf(userStatuses)),
  ...timeRange,
  sort: v.optional(oneOf(sortNames), '-created_at'),
});

export const listedUserResponse = v.object({
  id,
  username: v.string(),
  email: v.nullable(v.string()),
  email_verified: v.boolean(),
  /** The email that takes effect once it is confirmed. */
  pending_email: v.nullable(v.string()),
  role: v.picklist(roles),
  status: v.picklist(userStatuses),
  tokens: count,
  held: count,
  created_at: time,
  last_seen_at: v.nullable(time),
  last_signed_in_at: v.nullable(time),
});

const columns = [
  ...(['id', 'username', 'email', 'email_verified', 'role', 'status', 'tokens', 'held'] as const),
  ...(['created_at', 'last_seen_at', 'last_signed_in_at'] as const),
];

const notAnAmount = `Must be a whole number from 0 to ${maxCredits}.`;

export const accountChange = v.object(
  {
    username: v.optional(username),
    email: v.optional(v.nullable(email)),
    role: v.optional(oneOf(roles)),
    status: v.optional(oneOf(userStatuses)),
  },
  'Must be a JSON object.',
);

export const adjustment = v.object({ amount, reason }, 'Must be a JSON object.');

/** An account as an administrator makes it. */
export const newUser = v.object(
  {
    username,
    password: newPassword,
    email: v.nullish(email),
    role: v.optional(oneOf(roles), 'user'),
    tokens: v.optional(v.pipe(v.number(notAnAmount), v.safeInteger(notAnAmount), v.minValue(0, notAnAmount))),
  },
  'Must be a JSON object.',
);

export const givenPassword = v.object(
  { new_password: newPassword, keep_keys: v.optional(keepKeys, false) },
  'Must be a JSON object.',
);

/** The accounts: looking through them, changing them, and what they can spend. */
export function adminUsersRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/admin/users/', onlyAdmins(deps), {
    GET: (c) =>
      sendList(c, userQuery, ({ q: text = null, role = null, status = null, ...asked }) => {
        const isDescending = asked.sort.startsWith('-');
        const sort = sorts[asked.sort.replace('-', '') as SortName];
        const query = { caller: c.get('caller'), text, role, status, ...rangeOf(asked), sort, isDescending };
        return {
          name: 'users',
          read: (page: PageRequest<UserPlace>) => core.admin.users(query, page),
          cursors: userCursors(sort),
          present: presentListedUser,
          columns,
        };
      }),
    POST: async (c) => {
      const { username, password, email = null, role, tokens } = await readJson(c, newUser);
      const { id } = await core.admin.createAccount({
        caller: c.get('caller'),
        username,
        password,
        email: email === '' ? null : email,
        role,
        startingCredits: tokens,
        origin: originOf(c),
      });
      return c.json(presentListedUser(await core.admin.user({ caller: c.get('caller'), userId: id })), 201);
    },
  });

  route(app, '/api/admin/users/:id/', onlyAdmins(deps), {
    GET: async (c) =>
      c.json(presentListedUser(await core.admin.user({ caller: c.get('caller'), userId: idParameter(c) }))),
    PATCH: async (c) => {
      const body = await readJson(c, accountChange);
      const { id } = await core.admin.changeAccount({
        caller: c.get('caller'),
        userId: idParameter(c),
        username: body.username,
        email: body.email === '' ? null : body.email,
        role: body.role,
        status: body.status,
        origin: originOf(c),
      });
      return c.json(presentListedUser(await core.admin.user({ caller: c.get('caller'), userId: id })));
    },
    DELETE: async (c) => {
      await core.admin.erase({ caller: c.get('caller'), userId: idParameter(c), origin: originOf(c) });
      return c.body(null, 204);
    },
  });

  route(app, '/api/admin/users/:id/password/', onlyAdmins(deps), {
    POST: async (c) => {
      const body = await readJson(c, givenPassword);
      await core.admin.setPassword({
        caller: c.get('caller'),
        userId: idParameter(c),
        newPassword: body.new_password,
        keepsKeys: body.keep_keys,
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });

  route(app, '/api/admin/users/:id/tokens/', onlyAdmins(deps), {
    POST: async (c) => {
      const body = await readJson(c, adjustment);
      const { entry, replayed } = await core.admin.adjustBalance({
        ...body,
        caller: c.get('caller'),
        userId: idParameter(c),
        idempotencyKey: idempotencyKeyOf(c),
        origin: originOf(c),
      });
      if (replayed) c.header('Idempotent-Replayed', 'true');
      return c.json(presentEntry(entry), 201);
    },
  });
}

function presentListedUser(user: ListedUser): v.InferOutput<typeof listedUserResponse> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    pending_email: user.pendingEmail,
    role: user.role,
    status: user.status,
    tokens: user.balance,
    held: user.held,
    created_at: user.createdAt.toISOString(),
    last_seen_at: user.lastSeenAt?.toISOString() ?? null,
    last_signed_in_at: user.lastSignedInAt?.toISOString() ?? null,
  };
}
