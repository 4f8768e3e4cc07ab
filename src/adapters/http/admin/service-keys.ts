import * as v from 'valibot';
import { serviceScopes, type ServiceKey } from '../../../domain/auth/service-key.js';
import { jsonObject, keyName } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleId, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { noQuery, oneOf } from '../kit/query-fields.js';
import { id, time, wholeListOf } from '../kit/response-fields.js';
import { timestamp } from '../kit/timestamp.js';

const scopes = v.array(oneOf(serviceScopes), 'Must be a list of scopes.');

const serviceKeyResponse = namedSchema(
  'ServiceKey',
  v.object({
    id,
    name: v.string(),
    scopes: v.array(v.picklist(serviceScopes)),
    last_characters: v.string(),
    created_by: v.nullable(id),
    created_at: time,
    expires_at: v.nullable(time),
    last_used_at: v.nullable(time),
  }),
);

/** Also the key itself, which is shown once. */
const createdServiceKeyResponse = namedSchema(
  'CreatedServiceKey',
  v.object({ ...serviceKeyResponse.entries, key: v.string() }),
);

const newServiceKey = namedSchema(
  'NewServiceKey',
  jsonObject({
    name: keyName,
    scopes: v.pipe(scopes, v.metadata({ minItems: 1 })),
    expires_at: v.nullish(timestamp),
  }),
);

export const listServiceKeys = defineRoute({
  method: 'GET',
  path: '/api/admin/service-keys/',
  id: 'listServiceKeys',
  tag: 'Administration',
  summary: 'List the service keys',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All of them.', json: wholeListOf(serviceKeyResponse) } },
  handler: async ({ c, core, caller }) => {
    const keys = await core.admin.serviceKeys({ caller });
    return c.json({ results: keys.map(presentServiceKey), next: null });
  },
});

export const createServiceKey = defineRoute({
  method: 'POST',
  path: '/api/admin/service-keys/',
  id: 'createServiceKey',
  tag: 'Administration',
  summary: 'Create a service key',
  description:
    'For a program that meters accounts (scope `metering`), changes balances (`grants`) or reads what administrators read (`read`). It belongs to the installation, not to an account, and works until it expires or is removed. A mail about it is sent to the administrator who creates it.',
  access: 'admin',
  body: {
    schema: newServiceKey,
    examples: { metering: { name: 'Image service', scopes: ['metering'] } },
  },
  responses: {
    201: {
      description: 'The key, which is never shown again.',
      json: createdServiceKeyResponse,
      example: {
        id: exampleId,
        name: 'Image service',
        scopes: ['metering'],
        last_characters: 'x9Qw',
        created_by: exampleId,
        created_at: exampleTime,
        expires_at: null,
        last_used_at: null,
        key: 'mcm_…',
      },
    },
  },
  problems: ['session_required', 'too_many_keys'],
  handler: async ({ c, core, caller, body }) => {
    const { key, secret } = await core.admin.createServiceKey({
      caller,
      name: body.name,
      scopes: body.scopes,
      expiresAt: body.expires_at ?? null,
      origin: originOf(c),
    });
    return c.json({ ...presentServiceKey(key), key: secret }, 201);
  },
});

export const removeServiceKey = defineRoute({
  method: 'DELETE',
  path: '/api/admin/service-keys/{id}/',
  id: 'removeServiceKey',
  tag: 'Administration',
  summary: 'Remove a service key',
  access: 'admin',
  responses: { 204: { description: 'The key no longer works.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeServiceKey({ caller, keyId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

function presentServiceKey(key: ServiceKey): v.InferOutput<typeof serviceKeyResponse> {
  return {
    id: key.id,
    name: key.name,
    scopes: [...key.scopes],
    last_characters: key.lastCharacters,
    created_by: key.createdBy,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}
