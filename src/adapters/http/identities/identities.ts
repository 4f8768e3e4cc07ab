import * as v from 'valibot';
import type { Identity } from '../../../domain/identities/identity.js';
import { jsonObject, string } from '../kit/body-fields.js';
import type { Core } from '../../../domain/core.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { id, time, wholeListOf } from '../kit/response-fields.js';
import { keepAttempt, takeAttempt } from './attempt-cookies.js';
import { providerResponseBody, startedResponses } from './sign-in.js';

export const identityResponse = namedSchema(
  'Identity',
  v.object({
    id,
    /** Null if the provider of this issuer is no longer offered. */
    provider: v.nullable(v.string()),
    issuer: v.string(),
    subject: v.string(),
    label: v.nullable(v.string()),
    created_at: time,
    last_used_at: time,
  }),
);

/** Returns an identity as the API shows it. */
export function presentIdentity(core: Core, identity: Identity): v.InferOutput<typeof identityResponse> {
  const { providers } = core.identities.signInOptions;
  return {
    id: identity.id,
    provider: providers.find(({ issuer }) => issuer === identity.issuer)?.name ?? null,
    issuer: identity.issuer,
    subject: identity.subject,
    label: identity.label,
    created_at: identity.createdAt.toISOString(),
    last_used_at: identity.lastUsedAt.toISOString(),
  };
}

export const listIdentities = defineRoute({
  method: 'GET',
  path: '/api/me/identities/',
  id: 'listIdentities',
  tag: 'Sessions and keys',
  summary: 'List the identities by which the account signs in',
  access: 'account',
  query: noQuery,
  responses: { 200: { description: 'All identities.', json: wholeListOf(identityResponse) } },
  problems: ['session_required'],
  handler: async ({ c, core, caller }) => {
    const identities = await core.identities.list({ caller });
    return c.json({ results: identities.map((identity) => presentIdentity(core, identity)), next: null });
  },
});

export const startLink = defineRoute({
  method: 'POST',
  path: '/api/me/identities/',
  id: 'startLink',
  tag: 'Sessions and keys',
  summary: 'Begin to add an identity',
  description:
    'Sets a cookie and returns the address of the provider to open, as a sign-in does. Requires a login or `/api/me/proof/` of the last 10 minutes.',
  access: 'account',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  body: { schema: jsonObject({ provider: string }), examples: { plain: { provider: 'oidc' } } },
  responses: startedResponses,
  problems: ['session_required', 'proof_required', 'not_found', 'identity_provider_unavailable'],
  handler: async ({ c, core, deps, caller, body }) => {
    const started = await core.identities.startLink({
      caller,
      providerId: body.provider,
      origin: originOf(c),
    });
    keepAttempt(c, started, deps);
    return c.json({ url: started.address });
  },
});

export const finishLink = defineRoute({
  method: 'POST',
  path: '/api/me/identity/finish/',
  id: 'finishLink',
  tag: 'Sessions and keys',
  summary: 'Add an identity to the account',
  description:
    'Takes the query with which the provider sent the browser back, once and only in the browser that began. The account that began must still be signed in. A mail about it is sent to the account.',
  access: 'account',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  body: providerResponseBody,
  responses: { 204: { description: 'The identity is added.', json: null, headers: ['Set-Cookie'] } },
  problems: [
    'session_required',
    'not_found',
    'sign_in_expired',
    'sign_in_refused',
    'invalid_identity',
    'identity_taken',
    'too_many_identities',
    'identity_provider_unavailable',
  ],
  handler: async ({ c, core, deps, caller, body: { provider, parameters } }) => {
    const browserSecret = takeAttempt(c, parameters.state, deps);
    await core.identities.finishLink({
      caller,
      providerId: provider,
      browserSecret,
      parameters,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});

export const removeIdentity = defineRoute({
  method: 'DELETE',
  path: '/api/me/identities/{id}/',
  id: 'removeIdentity',
  tag: 'Sessions and keys',
  summary: 'Remove an identity from the account',
  description:
    'The only way to sign in cannot be removed. Requires a login or `/api/me/proof/` of the last 10 minutes.',
  access: 'account',
  responses: { 204: { description: 'The identity no longer signs in to the account.', json: null } },
  problems: ['session_required', 'proof_required', 'last_sign_in_method'],
  handler: async ({ c, core, caller, params }) => {
    await core.identities.unlink({ caller, identityId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
