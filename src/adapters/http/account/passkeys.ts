import * as v from 'valibot';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import {
  credential,
  examplePasskey,
  exampleRecoveryCodes,
  passkeyName,
  passkeyResponse,
  presentPasskey,
} from './factor-fields.js';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from './opened-session.js';

/** Options of the Web Authentication API, as `parseRequestOptionsFromJSON()` of a browser takes them. */
export const passkeyOptionsResponse = namedSchema('PasskeyOptions', v.record(v.string(), v.unknown()));

export const exampleCredential = { id: 'AbC…', response: { clientDataJSON: 'eyJ…' } };

export const requestPasskeyLogin = defineRoute({
  method: 'POST',
  path: '/api/login/passkey/options/',
  id: 'requestPasskeyLogin',
  tag: 'Second factors',
  summary: 'Begin a login by passkey',
  description:
    'Without a `challenge`, for any passkey of this site; with the one of the problem `second_factor_required`, for the passkeys of that account.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.passkeySignIn(address),
  body: { schema: jsonObject({ challenge: v.optional(string) }), examples: { plain: {} } },
  responses: {
    200: {
      description: 'The options for `navigator.credentials.get()`, for 5 minutes.',
      json: passkeyOptionsResponse,
      example: { challenge: 'q83v…', rpId: 'chat.example.org', userVerification: 'required' },
    },
  },
  problems: ['challenge_expired'],
  handler: async ({ c, core, body }) =>
    c.json(await core.factors.requestPasskey({ challengeSecret: body.challenge ?? null })),
});

export const loginByPasskey = defineRoute({
  method: 'POST',
  path: '/api/login/passkey/',
  id: 'loginByPasskey',
  tag: 'Second factors',
  summary: 'Log in by passkey',
  description:
    'Without a name or password. The passkey must verify its user, and then counts as both factors.',
  access: 'anyone',
  body: {
    schema: jsonObject({ passkey: credential, cookie: cookieField }),
    examples: { plain: { passkey: exampleCredential } },
  },
  responses: {
    200: {
      description: 'A new session.',
      json: openedSessionResponse,
      example: exampleSession,
      headers: ['Set-Cookie'],
    },
  },
  problems: ['invalid_credentials'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const { session } = await core.factors.signInByPasskey({ response: body.passkey, origin: originOf(c) });
    return c.json(presentOpenedSession(c, session, { deps, inCookies: body.cookie === true }));
  },
});

export const setUpPasskey = defineRoute({
  method: 'POST',
  path: '/api/me/passkey/options/',
  id: 'setUpPasskey',
  tag: 'Second factors',
  summary: 'Begin to add a passkey',
  description: 'Requires a proof of identity of the last 10 minutes.',
  access: 'account',
  responses: {
    200: {
      description: 'The options for `navigator.credentials.create()`, for 5 minutes.',
      json: passkeyOptionsResponse,
      example: { challenge: 'q83v…', rp: { id: 'chat.example.org', name: 'chat.example.org' } },
    },
  },
  problems: ['session_required', 'proof_required'],
  handler: async ({ c, core, caller }) =>
    c.json(await core.factors.setUpPasskey({ caller, origin: originOf(c) })),
});

const addedPasskeyResponse = namedSchema(
  'AddedPasskey',
  v.object({
    ...passkeyResponse.entries,
    /** With the first factor of the account; otherwise null. */
    recovery_codes: v.nullable(v.array(v.string())),
  }),
);

export const addPasskey = defineRoute({
  method: 'POST',
  path: '/api/me/passkeys/',
  id: 'addPasskey',
  tag: 'Second factors',
  summary: 'Add a passkey',
  description:
    'From now on a login requires a second factor. With the first factor, the response has recovery codes, which are never shown again. A mail about it is sent to the account.',
  access: 'account',
  body: {
    schema: jsonObject({ name: passkeyName, passkey: credential }),
    examples: { plain: { name: 'My phone', passkey: exampleCredential } },
  },
  responses: {
    201: {
      description: 'The passkey.',
      json: addedPasskeyResponse,
      example: { ...examplePasskey, ...exampleRecoveryCodes },
    },
  },
  problems: ['session_required', 'proof_required', 'wrong_passkey', 'passkey_exists', 'too_many_passkeys'],
  handler: async ({ c, core, caller, body }) => {
    const { passkey, recoveryCodes } = await core.factors.addPasskey({
      caller,
      name: body.name,
      response: body.passkey,
      origin: originOf(c),
    });
    return c.json({ ...presentPasskey(passkey), recovery_codes: recoveryCodes }, 201);
  },
});

export const renamePasskey = defineRoute({
  method: 'PATCH',
  path: '/api/me/passkeys/{id}/',
  id: 'renamePasskey',
  tag: 'Second factors',
  summary: 'Rename a passkey',
  access: 'account',
  body: { schema: jsonObject({ name: passkeyName }), examples: { plain: { name: 'My phone' } } },
  responses: { 200: { description: 'The passkey.', json: passkeyResponse, example: examplePasskey } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params, body }) => {
    const passkey = await core.factors.renamePasskey({
      caller,
      passkeyId: params.id,
      name: body.name,
      origin: originOf(c),
    });
    return c.json(presentPasskey(passkey));
  },
});

export const removePasskey = defineRoute({
  method: 'DELETE',
  path: '/api/me/passkeys/{id}/',
  id: 'removePasskey',
  tag: 'Second factors',
  summary: 'Remove a passkey',
  description:
    'With the last factor, the recovery codes are deleted. Requires a proof of identity of the last 10 minutes.',
  access: 'account',
  responses: { 204: { description: 'The passkey no longer works.', json: null } },
  problems: ['session_required', 'proof_required', 'last_factor'],
  handler: async ({ c, core, caller, params }) => {
    await core.factors.removePasskey({ caller, passkeyId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
