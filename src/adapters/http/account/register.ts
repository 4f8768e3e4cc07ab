import * as v from 'valibot';
import type { CreateUserInput } from '../../../domain/users/create-user.js';
import { email, jsonObject, newPassword, username } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleCredentials, exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from './opened-session.js';

const optionalPassword = v.nullish(newPassword);

const passwordFields = [['password'], ['password1'], ['password2']] as const;

/** `password1` is another name of `password`, from the original system. `password2` repeats it. */
export const registration = namedSchema(
  'Registration',
  v.pipe(
    jsonObject({
      username,
      password: optionalPassword,
      password1: optionalPassword,
      password2: optionalPassword,
      email: v.nullish(email),
      cookie: cookieField,
    }),
    v.forward(
      v.partialCheck(passwordFields, (body) => chosenPassword(body) !== null, 'Is required.'),
      ['password'],
    ),
    v.forward(
      v.partialCheck(
        passwordFields,
        (body) =>
          [body.password1, body.password2].every(
            (repeated) => (repeated ?? chosenPassword(body)) === chosenPassword(body),
          ),
        'Must equal the password.',
      ),
      ['password2'],
    ),
  ),
);

/** A new account and its first session. */
export const newAccountResponse = namedSchema(
  'NewAccount',
  v.object({ message: v.string(), ...openedSessionResponse.entries }),
);

export const register = defineRoute({
  method: 'POST',
  path: '/api/register/',
  id: 'register',
  tag: 'Accounts',
  summary: 'Create an account and log in',
  description:
    'A username has 3 to 150 ASCII letters, digits and `. + - _`; a password 8 to 1,024 characters, and must not be common. `password1` is another name for `password`; `password2` must equal it. If every account must have a second factor, the account is created without a session: the problem `factor_setup_required` has a `challenge` for `/api/login/totp/`.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.register(address),
  body: {
    schema: registration,
    examples: {
      plain: exampleCredentials,
      repeated: {
        ...exampleCredentials,
        password2: exampleCredentials.password,
        email: 'jane@example.org',
      },
    },
  },
  responses: {
    201: {
      description: 'The account is created, with its starting tokens.',
      json: newAccountResponse,
      example: { message: 'User registered successfully.', ...exampleSession },
      headers: ['Set-Cookie'],
    },
  },
  problems: ['username_taken', 'email_taken', 'password_sign_in_off', 'factor_setup_required'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const { session } = await core.users.register({ ...newAccountOf(body), origin: originOf(c) });
    const opened = presentOpenedSession(c, session, { deps, inCookies: body.cookie === true });
    return c.json({ message: 'User registered successfully.', ...opened }, 201);
  },
});

/** Returns the account that a registration asks for. */
export function newAccountOf(body: v.InferOutput<typeof registration>): CreateUserInput {
  return {
    username: body.username,
    password: chosenPassword(body) ?? '',
    email: body.email ?? null,
  };
}

function chosenPassword(body: {
  password?: string | null | undefined;
  password1?: string | null | undefined;
}): string | null {
  return body.password ?? body.password1 ?? null;
}
