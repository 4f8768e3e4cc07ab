import * as v from 'valibot';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { showLimit } from '../kit/limit-posts.js';
import { originOf } from '../kit/origin.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import { newPassword } from '../kit/body-fields.js';

const text = v.string('Must be a text.');

export const forgotten = v.object({ email: text }, 'Must be a JSON object.');

export const replacement = v.object({ token: text, new_password: newPassword }, 'Must be a JSON object.');

/** A new password for those who have forgotten theirs. */
export function passwordRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/password/forgot/', [], {
    POST: async (c) => {
      const body = await readJson(c, forgotten);
      const origin = originOf(c);
      showLimit(c, await core.limits.forgot({ email: body.email, address: origin.address }));
      await core.auth.requestReset({ email: body.email, origin });
      return c.json({ message: 'If an account has this email, a mail is on its way to it.' }, 202);
    },
  });

  route(app, '/api/password/reset/', [], {
    POST: async (c) => {
      const body = await readJson(c, replacement);
      await core.auth.resetPassword({
        resetSecret: body.token,
        newPassword: body.new_password,
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });
}
