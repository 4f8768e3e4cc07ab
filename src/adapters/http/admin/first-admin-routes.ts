import * as v from 'valibot';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { limitPosts } from '../kit/limit-posts.js';
import { newAccountOf, registration } from '../account/new-account-fields.js';
import { originOf } from '../kit/origin.js';
import { fitting, readBody } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import { presentOpenedSession, refuseForeignWish } from '../account/session-cookies.js';

export const setup = v.object({ setup_token: v.string('Must be a text.') }, 'Must be a JSON object.');

/** Making the first administrator, by the link that the server shows when it starts. Counts as a registration. */
export function firstAdminRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.register(c.get('clientAddress')));
  route(app, '/api/admin/first/', [limited], {
    POST: async (c) => {
      const body = await readBody(c);
      const { setup_token: setupSecret } = fitting(setup, body);
      const account = fitting(registration, body);
      refuseForeignWish(c, account.cookie, deps);
      const { session } = await core.admin.createFirstAdmin({
        setupSecret,
        ...newAccountOf(account),
        origin: originOf(c),
      });
      const opened = presentOpenedSession(c, session, { ...deps, inCookies: account.cookie === true });
      return c.json({ message: 'Administrator created successfully.', ...opened }, 201);
    },
  });
}
