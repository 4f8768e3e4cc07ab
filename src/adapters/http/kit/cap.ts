import type { Context } from 'hono';
import * as v from 'valibot';
import { capScopes, capSetters, type CapState } from '../../../domain/metering/cap.js';
import type { CapInput } from '../../../domain/metering/set-cap.js';
import { windowLengths } from '../../../domain/metering/window.js';
import { creditLimit, jsonObject, string, uuid } from './body-fields.js';
import { exampleId, exampleTime } from './openapi/examples.js';
import { namedSchema } from './openapi/named-schema.js';
import { oneOf } from './query-fields.js';
import { count, id, time, wholeListOf } from './response-fields.js';

/** A cap with what was spent and is left in its current window. The id of a default is null. */
export const capResponse = namedSchema(
  'Cap',
  v.object({
    id: v.nullable(id),
    scope: v.picklist(capScopes),
    key_id: v.nullable(id),
    model: v.nullable(v.string()),
    window: v.picklist(windowLengths),
    limit: count,
    set_by: v.picklist(capSetters),
    spent: count,
    left: count,
    /** Null if it never ends. */
    window_ends_at: v.nullable(time),
    created_at: v.nullable(time),
  }),
);

/** Returns a cap as the API shows it. */
export function presentCap({ cap, spent, left, endsAt }: CapState): v.InferOutput<typeof capResponse> {
  return {
    id: cap.id,
    scope: cap.scope,
    key_id: cap.keyId,
    model: cap.model,
    window: cap.window,
    limit: cap.limit,
    set_by: cap.setBy,
    spent,
    left,
    window_ends_at: endsAt?.toISOString() ?? null,
    created_at: cap.createdAt?.toISOString() ?? null,
  };
}

/** A cap as callers set it. */
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

const exampleCap = {
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

/** Returns the documented response of a list of caps. */
export function capListResponses(setBy: (typeof capSetters)[number]) {
  const example = { results: [{ ...exampleCap, set_by: setBy }], next: null };
  return { 200: { description: 'All of them.', json: wholeListOf(capResponse), example } };
}

/** The documented responses of a request that sets a cap. */
export const setCapResponses = {
  200: { description: 'The cap had another limit before.', json: capResponse, example: exampleCap },
  201: { description: 'The new cap.', json: capResponse, example: exampleCap },
};

/** Responds with a cap that was set. */
export function sendSetCap(c: Context, { state, isNew }: { state: CapState; isNew: boolean }): Response {
  return c.json(presentCap(state), isNew ? 201 : 200);
}
