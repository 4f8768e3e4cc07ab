import * as v from 'valibot';
import type { ApiKey } from '../../../domain/auth/api-key.js';
import { jsonObject, keyName, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { noQuery } from '../kit/query-fields.js';
import { id, time, wholeListOf } from '../kit/response-fields.js';
import { timestamp } from '../kit/timestamp.js';

export const keyResponse = namedSchema(
  'Key',
  v.object({
    id,
    name: v.string(),
    last_characters: v.string(),
    created_at: time,
    expires_at: v.nullable(time),
    last_used_at: v.nullable(time),
    /** Null for all of them. */
    models: v.nullable(v.array(v.string())),
  }),
);

/** Also the key itself, which is shown once. */
const createdKeyResponse = namedSchema('CreatedKey', v.object({ ...keyResponse.entries, key: v.string() }));

const newKey = namedSchema(
  'NewKey',
  jsonObject({
    name: keyName,
    expires_at: v.nullish(timestamp),
    models: v.nullish(v.array(string, 'Must be an array.')),
    current_password: v.optional(string),
  }),
);

export const createKey = defineRoute({
  method: 'POST',
  path: '/api/keys/',
  id: 'createKey',
  tag: 'Sessions and keys',
  summary: 'Create an API key',
  description:
    'It can be used wherever an access token can, except to change the account or its credentials. With `models` it may use only these. Requires `current_password`, or a login or `/api/me/proof/` of the last 10 minutes. A mail about it is sent to the account.',
  access: 'account',
  body: {
    schema: newKey,
    examples: {
      plain: { name: 'My program', expires_at: '2031-01-31T12:00:00Z' },
      limited: { name: 'My program', models: ['echo'] },
    },
  },
  responses: {
    201: {
      description: 'The key, which is never shown again.',
      json: createdKeyResponse,
      example: {
        id: exampleId,
        name: 'My program',
        last_characters: 'x9Qw',
        created_at: exampleTime,
        expires_at: null,
        last_used_at: null,
        models: null,
        key: 'mck_…',
      },
    },
  },
  rateLimit: 'in-handler',
  problems: ['session_required', 'proof_required', 'wrong_password', 'too_many_keys'],
  handler: async ({ c, core, caller, body }) => {
    const { key, secret } = await core.auth.createKey({
      caller,
      name: body.name,
      expiresAt: body.expires_at ?? null,
      models: body.models ?? null,
      currentPassword: body.current_password,
      origin: originOf(c),
    });
    return c.json({ ...presentKey(key), key: secret }, 201);
  },
});

export const listKeys = defineRoute({
  method: 'GET',
  path: '/api/keys/',
  id: 'listKeys',
  tag: 'Sessions and keys',
  summary: 'List the API keys',
  access: 'account',
  query: noQuery,
  responses: { 200: { description: 'All of them.', json: wholeListOf(keyResponse) } },
  handler: async ({ c, core, caller }) => {
    const keys = await core.auth.keys(caller);
    return c.json({ results: keys.map(presentKey), next: null });
  },
});

export const removeKey = defineRoute({
  method: 'DELETE',
  path: '/api/keys/{id}/',
  id: 'removeKey',
  tag: 'Sessions and keys',
  summary: 'Remove an API key',
  description: 'Requires a login or `/api/me/proof/` of the last 10 minutes.',
  access: 'account',
  responses: { 204: { description: 'The key no longer works.', json: null } },
  problems: ['session_required', 'proof_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.auth.removeKey({ caller, keyId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

/** Returns a key as the API shows it. */
export function presentKey(key: ApiKey): v.InferOutput<typeof keyResponse> {
  return {
    id: key.id,
    name: key.name,
    last_characters: key.lastCharacters,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    models: key.models && [...key.models],
  };
}
