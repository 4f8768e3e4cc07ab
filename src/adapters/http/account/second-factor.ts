import type { Context } from 'hono';
import * as v from 'valibot';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { rememberCompletedProvider } from '../identities/provider-cookie.js';
import { jsonObject, string } from '../kit/body-fields.js';
import type { CookieDeps } from '../kit/browser-cookies.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import {
  credential,
  exampleRecoveryCodes,
  exampleTotpSetup,
  factorFields,
  passkeyName,
  presentedFactor,
  presentTotpSetup,
  recoveryCodesResponse,
  totpSetupResponse,
} from './factor-fields.js';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from './opened-session.js';
import { exampleCredential, passkeyOptionsResponse } from './passkeys.js';

const exampleChallenge = 'mcf_…';

export const completeLogin = defineRoute({
  method: 'POST',
  path: '/api/login/factor/',
  id: 'completeLogin',
  tag: 'Second factors',
  summary: 'Complete a login with a second factor',
  description:
    'With the `challenge` of the problem `second_factor_required`, and one of `code` (of an authenticator app), `recovery_code` and `passkey` (the response to `/api/login/passkey/options/`). A code works once. After a wrong one, the challenge can be used again, for 10 minutes.',
  access: 'anyone',
  rateLimit: 'in-handler',
  body: {
    schema: jsonObject({ challenge: string, ...factorFields, cookie: cookieField }),
    examples: { plain: { challenge: exampleChallenge, code: '123456' } },
  },
  responses: {
    200: {
      description: 'A new session.',
      json: openedSessionResponse,
      example: exampleSession,
      headers: ['Set-Cookie'],
    },
  },
  problems: ['challenge_expired', 'wrong_code', 'wrong_passkey', 'two_factors_unavailable'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const factor = presentedFactor(body);
    if (factor === null) throw invalidInput({ code: ['Send one of code, recovery_code and passkey.'] });
    const { session } = await core.factors.complete({
      challengeSecret: body.challenge,
      factor,
      origin: originOf(c),
    });
    return c.json(presentCompleted(c, { session, body, deps }));
  },
});

export const setUpTotpAtLogin = defineRoute({
  method: 'POST',
  path: '/api/login/totp/',
  id: 'setUpTotpAtLogin',
  tag: 'Second factors',
  summary: 'Set up an authenticator app to complete a login',
  description: 'With the `challenge` of the problem `factor_setup_required`.',
  access: 'anyone',
  body: {
    schema: jsonObject({ challenge: string }),
    examples: { plain: { challenge: exampleChallenge } },
  },
  responses: {
    200: {
      description: 'The secret, for typing and as a URI for a QR code.',
      json: totpSetupResponse,
      example: exampleTotpSetup,
    },
  },
  problems: ['challenge_expired', 'totp_exists', 'two_factors_unavailable'],
  handler: async ({ c, core, body }) =>
    c.json(presentTotpSetup(await core.factors.setUpAtSignIn({ challengeSecret: body.challenge }))),
});

const firstFactorResponse = namedSchema(
  'SessionWithRecoveryCodes',
  v.object({ ...openedSessionResponse.entries, ...recoveryCodesResponse.entries }),
);

export const confirmTotpAtLogin = defineRoute({
  method: 'POST',
  path: '/api/login/totp/confirm/',
  id: 'confirmTotpAtLogin',
  tag: 'Second factors',
  summary: 'Confirm an authenticator app and complete the login',
  description: 'The recovery codes are never shown again. Each works once in place of a code of the app.',
  access: 'anyone',
  rateLimit: 'in-handler',
  body: {
    schema: jsonObject({ challenge: string, code: string, cookie: cookieField }),
    examples: { plain: { challenge: exampleChallenge, code: '123456' } },
  },
  responses: {
    200: {
      description: 'A new session, and recovery codes.',
      json: firstFactorResponse,
      example: { ...exampleSession, ...exampleRecoveryCodes },
      headers: ['Set-Cookie'],
    },
  },
  problems: ['challenge_expired', 'wrong_code', 'totp_exists', 'two_factors_unavailable'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const { session, recoveryCodes } = await core.factors.confirmAtSignIn({
      challengeSecret: body.challenge,
      code: body.code,
      origin: originOf(c),
    });
    return c.json({ ...presentCompleted(c, { session, body, deps }), recovery_codes: recoveryCodes });
  },
});

export const setUpPasskeyAtLogin = defineRoute({
  method: 'POST',
  path: '/api/login/passkey/setup/options/',
  id: 'setUpPasskeyAtLogin',
  tag: 'Second factors',
  summary: 'Begin to add a passkey to complete a login',
  description: 'With the `challenge` of the problem `factor_setup_required`.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.passkeySignIn(address),
  body: {
    schema: jsonObject({ challenge: string }),
    examples: { plain: { challenge: exampleChallenge } },
  },
  responses: {
    200: {
      description: 'The options for `navigator.credentials.create()`, for 5 minutes.',
      json: passkeyOptionsResponse,
      example: { challenge: 'q83v…', rp: { id: 'chat.example.org', name: 'chat.example.org' } },
    },
  },
  problems: ['challenge_expired'],
  handler: async ({ c, core, body }) =>
    c.json(await core.factors.requestPasskeyAtSignIn({ challengeSecret: body.challenge })),
});

export const addPasskeyAtLogin = defineRoute({
  method: 'POST',
  path: '/api/login/passkey/setup/',
  id: 'addPasskeyAtLogin',
  tag: 'Second factors',
  summary: 'Add a passkey and complete the login',
  description: 'The recovery codes are never shown again. Each works once in place of the passkey.',
  access: 'anyone',
  body: {
    schema: jsonObject({ challenge: string, name: passkeyName, passkey: credential, cookie: cookieField }),
    examples: { plain: { challenge: exampleChallenge, name: 'My phone', passkey: exampleCredential } },
  },
  responses: {
    200: {
      description: 'A new session, and recovery codes.',
      json: firstFactorResponse,
      example: { ...exampleSession, ...exampleRecoveryCodes },
      headers: ['Set-Cookie'],
    },
  },
  problems: ['challenge_expired', 'wrong_passkey'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const { session, recoveryCodes } = await core.factors.addPasskeyAtSignIn({
      challengeSecret: body.challenge,
      name: body.name,
      response: body.passkey,
      origin: originOf(c),
    });
    return c.json({ ...presentCompleted(c, { session, body, deps }), recovery_codes: recoveryCodes });
  },
});

/** Returns the session of a sign-in that a challenge has completed; a provider may have begun it. */
function presentCompleted(
  c: Context,
  {
    session,
    body,
    deps,
  }: {
    session: OpenedSession;
    body: { challenge: string; cookie?: boolean | null | undefined };
    deps: CookieDeps;
  },
) {
  const inCookies = body.cookie === true;
  if (inCookies) rememberCompletedProvider(c, body.challenge, session, deps);
  return presentOpenedSession(c, session, { deps, inCookies });
}
