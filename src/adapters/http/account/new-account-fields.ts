import * as v from 'valibot';
import type { CreateUserInput } from '../../../domain/users/create-user.js';
import { cookieWish } from './session-cookies.js';
import { email, newPassword, username } from '../kit/body-fields.js';

const optionalPassword = v.nullish(newPassword);

/** `password1` is the original's other name for `password`; `password2` repeats it. */
const passwordNames = [['password'], ['password1'], ['password2']] as const;

/** What a new account is made of. */
export const registration = v.pipe(
  v.object(
    {
      username,
      password: optionalPassword,
      password1: optionalPassword,
      password2: optionalPassword,
      email: v.nullish(email),
      cookie: cookieWish,
    },
    'Must be a JSON object.',
  ),
  v.forward(
    v.partialCheck(passwordNames, (body) => chosenPassword(body) !== null, 'Is required.'),
    ['password'],
  ),
  v.forward(
    v.partialCheck(
      passwordNames,
      (body) =>
        [body.password1, body.password2].every(
          (repeat) => (repeat ?? chosenPassword(body)) === chosenPassword(body),
        ),
      'Must equal the password.',
    ),
    ['password2'],
  ),
);

/** The new account that a body asks for. */
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
