import * as v from 'valibot';
import type { HttpApp, HttpNeeds } from './context.js';
import { limitPosts, showLimit } from './limit-posts.js';
import { invalidInput } from './problem.js';
import { originOf } from './origin.js';
import { readJson } from './read-json.js';
import { route } from './route.js';
import { cookieWish, presentOpenedSession, refuseForeignWish } from './session-cookies.js';

const text = v.string('Must be a text.');
const optionalText = v.nullish(text);

/** `password1` is the original's other name for `password`; `password2` repeats it. */
const passwordNames = [['password'], ['password1'], ['password2']] as const;

const registration = v.pipe(
  v.object(
    {
      username: text,
      password: optionalText,
      password1: optionalText,
      password2: optionalText,
      email: optionalText,
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

const login = v.object(
  { username: optionalText, email: optionalText, password: text, cookie: cookieWish },
  'Must be a JSON object.',
);

/**
 * Register and login. Pages of this server ask with `"cookie": true` for the session's secrets to be put into cookies,
 * and not into the answer.
 */
export function accountRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  const limited = limitPosts((c) => core.limits.register(c.get('clientAddress')));
  route(app, '/api/register/', [limited], {
    POST: async (c) => {
      const body = await readJson(c, registration);
      refuseForeignWish(c, body.cookie, needs);
      const { session } = await core.users.register({
        username: body.username,
        password: chosenPassword(body) ?? '',
        email: body.email === undefined || body.email === '' ? null : body.email,
        origin: originOf(c),
      });
      const inCookies = body.cookie === true;
      const opened = presentOpenedSession(c, session, { ...needs, inCookies });
      return c.json({ message: 'User registered successfully.', ...opened }, 201);
    },
  });

  route(app, '/api/login/', [], {
    POST: async (c) => {
      const body = await readJson(c, login);
      refuseForeignWish(c, body.cookie, needs);
      const name = body.username ?? body.email;
      if (name === undefined || name === null) throw invalidInput({ username: ['Is required.'] });
      const { session, limit } = await core.auth.signIn({
        name,
        password: body.password,
        origin: originOf(c),
      });
      showLimit(c, limit);
      return c.json(presentOpenedSession(c, session, { ...needs, inCookies: body.cookie === true }));
    },
  });
}

function chosenPassword(body: {
  password?: string | null | undefined;
  password1?: string | null | undefined;
}): string | null {
  return body.password ?? body.password1 ?? null;
}
