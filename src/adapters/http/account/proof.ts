import * as v from 'valibot';
import type { PresentedProof } from '../../../domain/auth/prove-identity.js';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleCredentials, exampleTime } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { time } from '../kit/response-fields.js';
import { factorFields, presentedFactor } from './factor-fields.js';
import { passkeyOptionsResponse } from './passkeys.js';

const proofBody = jsonObject({ password: v.optional(string), ...factorFields });

export const proofResponse = namedSchema('Proof', v.object({ proved_until: time }));

export const proveIdentity = defineRoute({
  method: 'POST',
  path: '/api/me/proof/',
  id: 'proveIdentity',
  tag: 'Second factors',
  summary: 'Prove your identity again',
  description:
    'By one of `password`, `code`, `recovery_code` and `passkey` (the response to `/api/me/proof/options/`). For 10 minutes this session can then change the email, password, API keys and second factors, and erase the account. A login counts as such a proof, one by a provider only if it states an `auth_time` of the last 2 minutes; `/api/me/proof/provider/` is a proof by a provider.',
  access: 'account',
  rateLimit: 'in-handler',
  body: { schema: proofBody, examples: { password: { password: exampleCredentials.password } } },
  responses: {
    200: {
      description: 'Until when it counts.',
      json: proofResponse,
      example: { proved_until: exampleTime },
    },
  },
  problems: ['session_required', 'wrong_password', 'wrong_code', 'wrong_passkey', 'two_factors_unavailable'],
  handler: async ({ c, core, caller, body }) => {
    const { provedUntil } = await core.factors.prove({ caller, proof: proofOf(body), origin: originOf(c) });
    return c.json({ proved_until: provedUntil.toISOString() });
  },
});

function proofOf(body: v.InferOutput<typeof proofBody>): PresentedProof {
  const factor = presentedFactor(body);
  if ((factor === null) === (body.password === undefined)) {
    throw invalidInput({ password: ['Send one of password, code, recovery_code and passkey.'] });
  }
  return factor ?? { method: 'password', password: body.password ?? '' };
}

export const requestPasskeyProof = defineRoute({
  method: 'POST',
  path: '/api/me/proof/options/',
  id: 'requestPasskeyProof',
  tag: 'Second factors',
  summary: 'Begin a proof of identity by passkey',
  access: 'account',
  responses: {
    200: {
      description: 'The options for `navigator.credentials.get()`, for 5 minutes.',
      json: passkeyOptionsResponse,
      example: { challenge: 'q83v…', rpId: 'chat.example.org', userVerification: 'preferred' },
    },
  },
  problems: ['session_required'],
  handler: async ({ c, core, caller }) => c.json(await core.factors.requestProof({ caller })),
});
