import * as v from 'valibot';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { setLimitHeaders, originOf } from '../kit/headers.js';
import { exampleCredentials, exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from './opened-session.js';

const credentials = namedSchema(
  'Login',
  jsonObject({
    username: v.nullish(string),
    email: v.nullish(string),
    password: string,
    cookie: cookieField,
  }),
);

export const login = defineRoute({
  method: 'POST',
  path: '/api/login/',
  id: 'login',
  tag: 'Accounts',
  summary: 'Log in',
  description:
    'By `username`, by `email`, or by an email in `username`. An account with a second factor gets no session yet: the problem `second_factor_required` has a `challenge` for `/api/login/factor/`, and `factor_setup_required` one for `/api/login/totp/`.',
  access: 'anyone',
  rateLimit: 'in-handler',
  body: { schema: credentials, examples: { plain: exampleCredentials } },
  responses: {
    200: {
      description: 'A new session.',
      json: openedSessionResponse,
      example: exampleSession,
      headers: ['Set-Cookie'],
    },
  },
  problems: [
    'invalid_credentials',
    'password_sign_in_off',
    'second_factor_required',
    'factor_setup_required',
  ],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const name = body.username ?? body.email;
    if (name === undefined || name === null) throw invalidInput({ username: ['Is required.'] });
    const { session, limit } = await core.auth.signIn({
      name,
      password: body.password,
      origin: originOf(c),
    });
    setLimitHeaders(c, limit);
    return c.json(presentOpenedSession(c, session, { deps, inCookies: body.cookie === true }));
  },
});
