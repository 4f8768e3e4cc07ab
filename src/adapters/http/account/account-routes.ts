import * as v from 'valibot';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts, showLimit } from '../kit/limit-posts.js';
import { newAccountOf, registration } from './new-account-fields.js';
import { invalidInput } from '../kit/problem.js';
import { originOf } from '../kit/origin.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import {
  cookieWish,
  openedSessionResponse,
  presentOpenedSession,
  refuseForeignWish,
} from './session-cookies.js';

const text = v.string('Must be a text.');
const optionalText = v.nullish(text);

export const login = v.object(
  { username: optionalText, email: optionalText, password: text, cookie: cookieWish },
  'Must be a JSON object.',
);

/** An account that was made, and the session that it begins with. */
export const newAccountResponse = v.object({ message: v.string(), ...openedSessionResponse.entries });

/**
 * Register and login. Pages of this server ask with `"cookie": true` for the session's secrets to be put into cookies,
 * and not into the answer.
 */
export function accountRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.register(c.get('clientAddress')));
  route(app, '/api/register/', [limited], {
    POST: async (c) => {
      const body = await readJson(c, registration);
      refuseForeignWish(c, body.cookie, deps);
      const { session } = await core.users.register({
        ...newAccountOf(body),
        origin: originOf(c),
      });
      const inCookies = body.cookie === true;
      const opened = presentOpenedSession(c, session, { ...deps, inCookies });
      return c.json({ message: 'User registered successfully.', ...opened }, 201);
    },
  });

  route(app, '/api/login/', [], {
    POST: async (c) => {
      const body = await readJson(c, login);
      refuseForeignWish(c, body.cookie, deps);
      const name = body.username ?? body.email;
      if (name === undefined || name === null) throw invalidInput({ username: ['Is required.'] });
      const { session, limit } = await core.auth.signIn({
        name,
        password: body.password,
        origin: originOf(c),
      });
      showLimit(c, limit);
      return c.json(presentOpenedSession(c, session, { ...deps, inCookies: body.cookie === true }));
    },
  });
}
