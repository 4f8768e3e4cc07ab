import * as v from 'valibot';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleCredentials } from '../kit/openapi/examples.js';
import { originOf } from '../kit/headers.js';
import { clearSessionCookies } from '../kit/session-cookies.js';

export const eraseAccount = defineRoute({
  method: 'DELETE',
  path: '/api/me/',
  id: 'eraseMe',
  tag: 'Accounts',
  summary: 'Erase the account',
  description:
    '`current_password` may be left out within 10 minutes of a login or of `/api/me/proof/`. Its name, email and texts are erased everywhere. Its ledger entries remain, with its id only.',
  access: 'account',
  rateLimit: 'in-handler',
  body: {
    schema: jsonObject({ current_password: v.optional(string) }),
    examples: { plain: { current_password: exampleCredentials.password } },
  },
  responses: { 204: { description: 'The account is erased.', json: null } },
  problems: ['session_required', 'wrong_password', 'proof_required', 'last_admin'],
  handler: async ({ c, core, deps, caller, body }) => {
    await core.users.erase({ caller, currentPassword: body.current_password, origin: originOf(c) });
    clearSessionCookies(c, deps);
    return c.body(null, 204);
  },
});
