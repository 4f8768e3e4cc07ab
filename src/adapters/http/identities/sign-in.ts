import * as v from 'valibot';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from '../account/opened-session.js';
import { isDomainError } from '../../../domain/errors.js';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { keepAttempt, takeAttempt } from './attempt-cookies.js';
import { rememberPendingProvider, rememberProvider } from './provider-cookie.js';

/** Where to send the browser. */
const startedSignInResponse = namedSchema('StartedSignIn', v.object({ url: v.string() }));

const exampleStarted = { url: 'https://login.example.org/authorize?client_id=metered-chat&state=…' };

/** The response to a request that begins a sign-in at a provider. */
export const startedResponses = {
  200: {
    description: 'Where to sign in.',
    json: startedSignInResponse,
    example: exampleStarted,
    headers: ['Set-Cookie'],
  },
} as const;

/** The query with which the provider sent the browser back. Other parameters than these are passed on to the checks too. */
const providerParameters = v.objectWithRest({ state: string }, string);

const exampleParameters = {
  state: '5f…',
  code: 'SplxlOBeZQQYbYS6WxSbIA',
  iss: 'https://login.example.org',
};

/** The body of a request of a signed-in person that finishes a sign-in at a provider. */
export const providerResponseBody = {
  schema: jsonObject({ provider: string, parameters: providerParameters }),
  examples: { plain: { provider: 'oidc', parameters: exampleParameters } },
};

const signInOptionsResponse = namedSchema(
  'SignInOptions',
  v.object({
    password: v.boolean(),
    providers: v.array(v.object({ id: v.string(), name: v.string(), issuer: v.string() })),
  }),
);

export const readSignInOptions = defineRoute({
  method: 'GET',
  path: '/api/sign-in/',
  id: 'readSignInOptions',
  tag: 'Accounts',
  summary: 'Read how to sign in',
  description: 'Whether passwords are accepted, and the providers by which people can sign in.',
  access: 'anyone',
  responses: {
    200: {
      description: 'The ways to sign in.',
      json: signInOptionsResponse,
      example: {
        password: true,
        providers: [{ id: 'oidc', name: 'Example Login', issuer: 'https://login.example.org' }],
      },
    },
  },
  handler: ({ c, core }) => {
    const { password, providers } = core.identities.signInOptions;
    return c.json({ password, providers });
  },
});

export const startProviderSignIn = defineRoute({
  method: 'POST',
  path: '/api/sign-in/{provider}/',
  id: 'startProviderSignIn',
  tag: 'Accounts',
  summary: 'Begin to sign in by a provider',
  description:
    'Sets a cookie, which is required to finish, and returns the address of the provider to open. It is good for 10 minutes.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  responses: startedResponses,
  problems: ['not_found', 'identity_provider_unavailable'],
  handler: async ({ c, core, deps, params }) => {
    const started = await core.identities.startSignIn({ providerId: params.provider });
    keepAttempt(c, started, deps);
    return c.json({ url: started.address });
  },
});

export const finishProviderSignIn = defineRoute({
  method: 'POST',
  path: '/api/sign-in/{provider}/finish/',
  id: 'finishProviderSignIn',
  tag: 'Accounts',
  summary: 'Finish to sign in by a provider',
  description:
    'Takes the query with which the provider sent the browser back, once and only in the browser that began. The first sign-in of a person creates their account. `account_exists`: another account has the email; sign in to it, and add the identity on its account page. An account with a second factor gets no session yet: the problem `second_factor_required` has a `challenge` for `/api/login/factor/`, and `factor_setup_required` one for `/api/login/totp/`.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.providerSignIn(address),
  body: {
    schema: jsonObject({ parameters: providerParameters, cookie: cookieField }),
    examples: { plain: { parameters: exampleParameters } },
  },
  responses: {
    200: {
      description: 'A new session.',
      json: openedSessionResponse,
      example: exampleSession,
      headers: ['Set-Cookie'],
    },
  },
  problems: [
    'not_found',
    'sign_in_expired',
    'sign_in_refused',
    'invalid_identity',
    'invalid_credentials',
    'account_exists',
    'second_factor_required',
    'factor_setup_required',
    'identity_provider_unavailable',
  ],
  handler: async ({ c, core, deps, params, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const inCookies = body.cookie === true;
    const { parameters } = body;
    const providerId = params.provider;
    const browserSecret = takeAttempt(c, parameters.state, deps);
    const response = { providerId, browserSecret, parameters };
    const signIn = core.identities.finishSignIn({ ...response, origin: originOf(c) });
    const { session, signOutHint } = await signIn.catch((error: unknown) => {
      const { challenge, signOutHint: hint = null } = isDomainError(error) ? error.details : {};
      if (inCookies && challenge !== undefined)
        rememberPendingProvider(c, challenge, { providerId, hint }, deps);
      throw error;
    });
    if (inCookies) rememberProvider(c, session, { providerId, hint: signOutHint }, deps);
    return c.json(presentOpenedSession(c, session, { deps, inCookies }));
  },
});
