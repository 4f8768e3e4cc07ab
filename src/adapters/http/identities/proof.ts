import { proofResponse } from '../account/proof.js';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleTime } from '../kit/openapi/examples.js';
import { keepAttempt, takeAttempt } from './attempt-cookies.js';
import { providerResponseBody, startedResponses } from './sign-in.js';

export const startProviderProof = defineRoute({
  method: 'POST',
  path: '/api/me/proof/provider/',
  id: 'startProviderProof',
  tag: 'Second factors',
  summary: 'Begin a proof of identity by a provider',
  description:
    'Sets a cookie, which is required to finish, and returns the address of the provider to open. The provider is asked to sign the person in again, although they are signed in there.',
  access: 'account',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  body: { schema: jsonObject({ provider: string }), examples: { plain: { provider: 'oidc' } } },
  responses: startedResponses,
  problems: ['session_required', 'not_found', 'identity_provider_unavailable'],
  handler: async ({ c, core, deps, caller, body }) => {
    const started = await core.identities.startProof({ caller, providerId: body.provider });
    keepAttempt(c, started, deps);
    return c.json({ url: started.address });
  },
});

export const finishProviderProof = defineRoute({
  method: 'POST',
  path: '/api/me/proof/provider/finish/',
  id: 'finishProviderProof',
  tag: 'Second factors',
  summary: 'Finish a proof of identity by a provider',
  description:
    'Takes the query with which the provider sent the browser back, once and only in the browser that began. `wrong_identity`: the identity is not one of the account, or the provider states no `auth_time` of the last 2 minutes.',
  access: 'account',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  body: providerResponseBody,
  responses: {
    200: {
      description: 'Until when it counts.',
      json: proofResponse,
      example: { proved_until: exampleTime },
      headers: ['Set-Cookie'],
    },
  },
  problems: [
    'session_required',
    'not_found',
    'sign_in_expired',
    'sign_in_refused',
    'invalid_identity',
    'wrong_identity',
    'identity_provider_unavailable',
  ],
  handler: async ({ c, core, deps, caller, body: { provider, parameters } }) => {
    const browserSecret = takeAttempt(c, parameters.state, deps);
    const response = { providerId: provider, browserSecret, parameters };
    const { provedUntil } = await core.identities.finishProof({ caller, ...response });
    return c.json({ proved_until: provedUntil.toISOString() });
  },
});
