import { keyResponse, presentKey } from '../account/api-keys.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { noQuery } from '../kit/query-fields.js';
import { wholeListOf } from '../kit/response-fields.js';

export const listUserKeys = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/keys/',
  id: 'listUserKeys',
  tag: 'Administration',
  summary: 'List the API keys of an account',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All API keys.', json: wholeListOf(keyResponse) } },
  handler: async ({ c, core, caller, params }) => {
    const keys = await core.admin.keys({ caller, userId: params.id });
    return c.json({ results: keys.map(presentKey), next: null });
  },
});

export const removeUserKeys = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/keys/',
  id: 'removeUserKeys',
  tag: 'Administration',
  summary: 'Remove every API key of an account',
  access: 'admin',
  responses: { 204: { description: 'The keys no longer work.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeKeys({ caller, userId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

export const removeUserKey = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/keys/{key_id}/',
  id: 'removeUserKey',
  tag: 'Administration',
  summary: 'Remove an API key of an account',
  access: 'admin',
  responses: { 204: { description: 'The key no longer works.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeKey({ caller, userId: params.id, keyId: params.key_id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
