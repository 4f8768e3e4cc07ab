import {
  capListResponses,
  capToSet,
  capExamples,
  capInputOf,
  presentCaps,
  sendSetCap,
  setCapResponses,
} from '../kit/cap.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { noQuery } from '../kit/query-fields.js';

export const listUserCaps = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/caps/',
  id: 'listUserCaps',
  tag: 'Administration',
  summary: 'List the caps on an account',
  access: 'admin',
  query: noQuery,
  responses: capListResponses('administrator'),
  handler: async ({ c, core, caller, params }) =>
    c.json(presentCaps(await core.admin.caps({ caller, userId: params.id }))),
});

export const setUserCap = defineRoute({
  method: 'POST',
  path: '/api/admin/users/{id}/caps/',
  id: 'setUserCap',
  tag: 'Administration',
  summary: 'Set a cap on an account, one of its keys or a model',
  description:
    "Its owner cannot remove it, and cannot set an own one above it. Own caps that are above it stay, and both apply. On the whole account it replaces the default for the same window. An administrator's cap with the same scope and window gets the new limit (200).",
  access: 'admin',
  body: { schema: capToSet, examples: capExamples },
  responses: setCapResponses,
  problems: ['session_required', 'too_many_caps'],
  handler: async ({ c, core, caller, params, body }) => {
    const set = await core.admin.setCap({
      ...{ caller, userId: params.id, cap: capInputOf(body), origin: originOf(c) },
    });
    return sendSetCap(c, set);
  },
});

export const removeUserCap = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/caps/{cap_id}/',
  id: 'removeUserCap',
  tag: 'Administration',
  summary: 'Remove a cap of an account',
  access: 'admin',
  responses: { 204: { description: 'The cap no longer applies.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeCap({ caller, userId: params.id, capId: params.cap_id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
