import * as v from 'valibot';
import { presentOpenedSession, rejectForeignCookies } from '../account/opened-session.js';
import { newAccountOf, newAccountResponse, registration } from '../account/register.js';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleCredentials, exampleSession } from '../kit/openapi/examples.js';
import { originOf } from '../kit/headers.js';
import { validate } from '../kit/read-body.js';

const setup = jsonObject({ setup_token: string });

export const createFirstAdmin = defineRoute({
  method: 'POST',
  path: '/api/admin/first/',
  id: 'createFirstAdmin',
  tag: 'Administration',
  summary: 'Create the first administrator',
  description:
    'Requires the secret of the link that the server prints at start while there is no administrator. Counts as a registration.',
  access: 'anyone',
  whyNotAdmin: 'There is no administrator yet.',
  rateLimit: ({ core, address }) => core.limits.register(address),
  body: {
    schema: v.intersect([setup, registration]),
    examples: { plain: { setup_token: 'mcs_…', ...exampleCredentials } },
    // An unfinished form gets the errors of the secret first.
    parse: (body) => ({ ...validate(setup, body), account: validate(registration, body) }),
  },
  responses: {
    201: {
      description: 'The administrator is created and signed in.',
      json: newAccountResponse,
      example: { message: 'Administrator created successfully.', ...exampleSession },
      headers: ['Set-Cookie'],
    },
  },
  problems: ['username_taken', 'email_taken', 'invalid_token'],
  handler: async ({ c, core, deps, body: { setup_token: setupSecret, account } }) => {
    rejectForeignCookies(c, account.cookie, deps);
    const { session } = await core.admin.createFirstAdmin({
      setupSecret,
      ...newAccountOf(account),
      origin: originOf(c),
    });
    const opened = presentOpenedSession(c, session, { deps, inCookies: account.cookie === true });
    return c.json({ message: 'Administrator created successfully.', ...opened }, 201);
  },
});
