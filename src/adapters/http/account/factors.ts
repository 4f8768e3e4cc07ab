import * as v from 'valibot';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import {
  exampleFactors,
  exampleRecoveryCodes,
  exampleTotpSetup,
  factorsFields,
  presentFactors,
  presentTotpSetup,
  recoveryCodesResponse,
  totpSetupResponse,
} from './factor-fields.js';

const ownFactorsResponse = namedSchema(
  'OwnFactors',
  v.object({
    ...factorsFields,
    /** True if the account must keep a factor. */
    required: v.boolean(),
  }),
);

export const readFactors = defineRoute({
  method: 'GET',
  path: '/api/me/factors/',
  id: 'readFactors',
  tag: 'Second factors',
  summary: 'Read the second factors',
  access: 'account',
  responses: {
    200: {
      description: 'The factors, without secrets.',
      json: ownFactorsResponse,
      example: { ...exampleFactors, required: false },
    },
  },
  handler: async ({ c, core, caller }) => {
    const factors = await core.factors.list({ caller });
    return c.json({ ...presentFactors(factors), required: factors.isRequired });
  },
});

export const setUpTotp = defineRoute({
  method: 'POST',
  path: '/api/me/totp/',
  id: 'setUpTotp',
  tag: 'Second factors',
  summary: 'Set up an authenticator app',
  description:
    'It is no factor before `/api/me/totp/confirm/`. Requires a proof of identity of the last 10 minutes.',
  access: 'account',
  responses: {
    200: {
      description: 'The secret, for typing and as a URI for a QR code.',
      json: totpSetupResponse,
      example: exampleTotpSetup,
    },
  },
  problems: ['session_required', 'proof_required', 'totp_exists', 'two_factors_unavailable'],
  handler: async ({ c, core, caller }) =>
    c.json(presentTotpSetup(await core.factors.setUpTotp({ caller, origin: originOf(c) }))),
});

export const confirmTotp = defineRoute({
  method: 'POST',
  path: '/api/me/totp/confirm/',
  id: 'confirmTotp',
  tag: 'Second factors',
  summary: 'Confirm an authenticator app',
  description:
    'From now on a login requires a second factor. The recovery codes replace earlier ones and are never shown again; each works once in place of a code of the app. A mail about it is sent to the account.',
  access: 'account',
  rateLimit: 'in-handler',
  body: { schema: jsonObject({ code: string }), examples: { plain: { code: '123456' } } },
  responses: {
    200: { description: 'Recovery codes.', json: recoveryCodesResponse, example: exampleRecoveryCodes },
  },
  problems: ['session_required', 'proof_required', 'wrong_code', 'totp_exists', 'two_factors_unavailable'],
  handler: async ({ c, core, caller, body }) => {
    const { recoveryCodes } = await core.factors.confirmTotp({
      caller,
      code: body.code,
      origin: originOf(c),
    });
    return c.json({ recovery_codes: recoveryCodes });
  },
});

export const removeTotp = defineRoute({
  method: 'DELETE',
  path: '/api/me/totp/',
  id: 'removeTotp',
  tag: 'Second factors',
  summary: 'Remove the authenticator app',
  description:
    'With the last factor, the recovery codes are deleted. Requires a proof of identity of the last 10 minutes.',
  access: 'account',
  responses: { 204: { description: 'The app is no factor any more.', json: null } },
  problems: ['session_required', 'proof_required', 'not_found', 'last_factor'],
  handler: async ({ c, core, caller }) => {
    await core.factors.removeTotp({ caller, origin: originOf(c) });
    return c.body(null, 204);
  },
});

export const replaceRecoveryCodes = defineRoute({
  method: 'POST',
  path: '/api/me/recovery-codes/',
  id: 'replaceRecoveryCodes',
  tag: 'Second factors',
  summary: 'Replace the recovery codes',
  description: 'Earlier ones no longer work. Requires a proof of identity of the last 10 minutes.',
  access: 'account',
  responses: {
    200: { description: 'Ten recovery codes.', json: recoveryCodesResponse, example: exampleRecoveryCodes },
  },
  problems: ['session_required', 'proof_required', 'no_factor'],
  handler: async ({ c, core, caller }) => {
    const { recoveryCodes } = await core.factors.replaceRecoveryCodes({ caller, origin: originOf(c) });
    return c.json({ recovery_codes: recoveryCodes });
  },
});
