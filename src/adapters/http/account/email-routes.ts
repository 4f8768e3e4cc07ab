import * as v from 'valibot';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { showLimit } from '../kit/limit-posts.js';
import { originOf } from '../kit/origin.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';

export const confirmation = v.object({ token: v.string('Must be a text.') }, 'Must be a JSON object.');

/** Confirming that an email is its account's, and cancelling a change of it. */
export function emailRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/email/verification/', [authenticate(deps)], {
    POST: async (c) => {
      const [caller, origin] = [c.get('caller'), originOf(c)];
      const email = (await core.users.pendingEmail(caller.user.id)) ?? caller.user.email;
      // Nobody's mailbox is to be filled by whoever claims it.
      if (email !== null) showLimit(c, await core.limits.forgot({ email, address: origin.address }));
      await core.users.requestVerification({ caller, origin });
      const message = 'If the email of this account is still to be confirmed, a mail is on its way to it.';
      return c.json({ message }, 202);
    },
  });

  route(app, '/api/email/verify/', [], {
    POST: async (c) => {
      const body = await readJson(c, confirmation);
      await core.users.verifyEmail({ confirmationSecret: body.token, origin: originOf(c) });
      return c.body(null, 204);
    },
  });

  route(app, '/api/email/cancel/', [], {
    POST: async (c) => {
      const body = await readJson(c, confirmation);
      await core.users.cancelEmailChange({ cancellationSecret: body.token, origin: originOf(c) });
      return c.body(null, 204);
    },
  });
}
