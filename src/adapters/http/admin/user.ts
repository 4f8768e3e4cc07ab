import * as v from 'valibot';
import { roles, userStatuses } from '../../../domain/users/user.js';
import { email, jsonObject, keepKeys, newPassword, username } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { oneOf } from '../kit/query-fields.js';
import { foundUserResponse, presentFoundUser } from './listed-user.js';

export const readUser = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/',
  id: 'readUser',
  tag: 'Administration',
  summary: 'Read an account',
  access: 'admin',
  responses: { 200: { description: 'The account.', json: foundUserResponse } },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentFoundUser(await core.admin.user({ caller, userId: params.id }))),
});

const accountChange = namedSchema(
  'AccountChange',
  jsonObject({
    username: v.optional(username),
    email: v.nullish(email),
    role: v.optional(oneOf(roles)),
    status: v.optional(oneOf(userStatuses)),
  }),
);

export const changeUser = defineRoute({
  method: 'PATCH',
  path: '/api/admin/users/{id}/',
  id: 'changeUser',
  tag: 'Administration',
  summary: 'Change an account',
  description:
    'Changes its role, status, username or email. A new email is `pending_email` until it is confirmed.',
  access: 'admin',
  body: { schema: accountChange, examples: { disable: { status: 'disabled' } } },
  responses: { 200: { description: 'The changed account.', json: foundUserResponse } },
  problems: ['session_required', 'username_taken', 'email_taken', 'last_admin'],
  handler: async ({ c, core, caller, params, body }) => {
    const { id } = await core.admin.changeAccount({
      caller,
      userId: params.id,
      username: body.username,
      email: body.email,
      role: body.role,
      status: body.status,
      origin: originOf(c),
    });
    return c.json(presentFoundUser(await core.admin.user({ caller, userId: id })));
  },
});

export const eraseUser = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/',
  id: 'eraseUser',
  tag: 'Administration',
  summary: 'Erase an account',
  access: 'admin',
  responses: { 204: { description: 'The account is erased.', json: null } },
  problems: ['session_required', 'last_admin'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.erase({ caller, userId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

const passwordChange = jsonObject({ new_password: newPassword, keep_keys: keepKeys });

export const setUserPassword = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/password/',
  id: 'setUserPassword',
  tag: 'Administration',
  summary: 'Set the password of an account',
  description:
    'Ends every session of the account and, unless `keep_keys` is true, removes its API keys. Administrators who set their own password keep the current session.',
  access: 'admin',
  body: { schema: passwordChange, examples: { set: { new_password: 'AnotherStrongPass456!' } } },
  responses: { 204: { description: 'The password is set.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params, body }) => {
    await core.admin.setPassword({
      caller,
      userId: params.id,
      newPassword: body.new_password,
      keepsKeys: body.keep_keys,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});
