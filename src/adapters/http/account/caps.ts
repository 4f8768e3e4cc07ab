import * as v from 'valibot';
import { capScopes, type CapState } from '../../../domain/metering/cap.js';
import type { CapInput } from '../../../domain/metering/set-cap.js';
import { windowLengths } from '../../../domain/metering/window.js';
import { creditLimit, jsonObject, string, uuid } from '../kit/body-fields.js';
import { capResponse, presentCap } from '../kit/cap.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { noQuery, oneOf } from '../kit/query-fields.js';
import { wholeListOf } from '../kit/response-fields.js';

export const capList = wholeListOf(capResponse);

export const capToSet = namedSchema(
  'CapToSet',
  jsonObject({
    scope: oneOf(capScopes),
    key_id: v.nullish(uuid),
    model: v.nullish(string),
    window: oneOf(windowLengths),
    limit: creditLimit,
  }),
);

export const capExamples = {
  account: { scope: 'account', window: 'day', limit: 500 },
  key: { scope: 'key', key_id: exampleId, window: 'month', limit: 5000 },
  model: { scope: 'model', model: 'echo', window: 'total', limit: 10_000 },
};

export const exampleCap = {
  id: exampleId,
  scope: 'account',
  key_id: null,
  model: null,
  window: 'day',
  limit: 500,
  set_by: 'account',
  spent: 100,
  left: 400,
  window_ends_at: exampleTime,
  created_at: exampleTime,
};

/** Returns the cap of a body as the domain takes it. */
export function capInputOf(body: v.InferOutput<typeof capToSet>): CapInput {
  const { scope, key_id: keyId, model, window, limit } = body;
  return { scope, keyId: keyId?.toLowerCase() ?? null, model: model ?? null, window, limit };
}

/** Returns caps as the API lists them. */
export function presentCaps(states: readonly CapState[]) {
  return { results: states.map(presentCap), next: null };
}

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
  responses: {
    200: {
      description: 'All of them.',
      json: capList,
      example: { results: [exampleCap], next: null },
    },
  },
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
  responses: {
    200: { description: 'The cap had another limit before.', json: capResponse, example: exampleCap },
    201: { description: 'The new cap.', json: capResponse, example: exampleCap },
  },
  problems: ['session_required', 'too_many_caps'],
  handler: async ({ c, core, caller, body }) => {
    const set = await core.caps.set({ caller, cap: capInputOf(body), origin: originOf(c) });
    return c.json(presentCap(set.state), set.isNew ? 201 : 200);
  },
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
