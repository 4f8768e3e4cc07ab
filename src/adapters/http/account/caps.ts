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

export const listCaps = defineRoute({
  method: 'GET',
  path: '/api/me/caps/',
  id: 'listMyCaps',
  tag: 'Accounts',
  summary: 'List the caps on the account',
  description:
    'Those that administrators have set, the own ones, and the defaults that apply, each with what is spent and left in its current window. All of them apply: the smallest limit wins.',
  access: 'account',
  query: noQuery,
  responses: capListResponses('account'),
  handler: async ({ c, core, caller }) => c.json(presentCaps(await core.caps.list(caller))),
});

export const setCap = defineRoute({
  method: 'POST',
  path: '/api/me/caps/',
  id: 'setMyCap',
  tag: 'Accounts',
  summary: 'Set a cap on the account, a key or a model',
  description:
    "Limits what is spent in a window, whatever the balance. What was spent in it before counts. An own cap with the same scope and window gets the new limit (200). It cannot be above an administrator's for the same window.",
  access: 'account',
  body: { schema: capToSet, examples: capExamples },
  responses: setCapResponses,
  problems: ['session_required', 'too_many_caps'],
  handler: async ({ c, core, caller, body }) =>
    sendSetCap(c, await core.caps.set({ caller, cap: capInputOf(body), origin: originOf(c) })),
});

export const removeCap = defineRoute({
  method: 'DELETE',
  path: '/api/me/caps/{id}/',
  id: 'removeMyCap',
  tag: 'Accounts',
  summary: 'Remove an own cap',
  description: "An administrator's cap cannot be removed by the account: 403 `admin_required`.",
  access: 'account',
  responses: { 204: { description: 'The cap no longer applies.', json: null } },
  problems: ['session_required', 'admin_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.caps.remove({ caller, capId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
