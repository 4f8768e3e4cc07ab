import * as v from 'valibot';
import { jsonObject, keepKeys, newPassword, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { setLimitHeaders, originOf } from '../kit/headers.js';
import { exampleCredentials } from '../kit/openapi/examples.js';
import { messageResponse } from '../kit/response-fields.js';

export const changePassword = defineRoute({
  method: 'POST',
  path: '/api/me/password/',
  id: 'changePassword',
  tag: 'Passwords and emails',
  summary: 'Change the password',
  description:
    '`current_password` may be left out within 10 minutes of a login or of `/api/me/proof/`. Ends every other session and, unless `keep_keys` is true, deletes every API key. A mail about it is sent to the account.',
  access: 'account',
  rateLimit: 'in-handler',
  body: {
    schema: jsonObject({
      current_password: v.optional(string),
      new_password: newPassword,
      keep_keys: keepKeys,
    }),
    examples: {
      plain: { current_password: exampleCredentials.password, new_password: 'EvenStronger456!' },
    },
  },
  responses: { 204: { description: 'The password is changed.', json: null } },
  problems: ['session_required', 'wrong_password', 'proof_required'],
  handler: async ({ c, core, caller, body }) => {
    await core.auth.changePassword({
      caller,
      currentPassword: body.current_password,
      newPassword: body.new_password,
      keepsKeys: body.keep_keys,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});

export const requestPasswordReset = defineRoute({
  method: 'POST',
  path: '/api/password/forgot/',
  id: 'forgotPassword',
  tag: 'Passwords and emails',
  summary: 'Request a mail to reset the password',
  description: 'The response does not depend on whether there is such an account.',
  access: 'anyone',
  rateLimit: 'in-handler',
  body: { schema: jsonObject({ email: string }), examples: { plain: { email: 'jane@example.org' } } },
  responses: { 202: { description: 'A mail may have been sent.', json: messageResponse } },
  problems: ['password_sign_in_off'],
  handler: async ({ c, core, body }) => {
    const origin = originOf(c);
    setLimitHeaders(c, await core.limits.forgot({ email: body.email, address: origin.address }));
    await core.auth.requestReset({ email: body.email, origin });
    return c.json({ message: 'If an account has this email, a mail is on its way to it.' }, 202);
  },
});

export const resetPassword = defineRoute({
  method: 'POST',
  path: '/api/password/reset/',
  id: 'resetPassword',
  tag: 'Passwords and emails',
  summary: 'Set a new password',
  description:
    'Confirms the email that the token was sent to, ends every session, deletes every API key and cancels a pending change of the email.',
  access: 'anyone',
  body: {
    schema: jsonObject({ token: string, new_password: newPassword }),
    examples: { plain: { token: 'mcp_…', new_password: 'EvenStronger456!' } },
  },
  responses: { 204: { description: 'The password is set.', json: null } },
  problems: ['invalid_token', 'password_sign_in_off'],
  handler: async ({ c, core, body }) => {
    await core.auth.resetPassword({
      resetSecret: body.token,
      newPassword: body.new_password,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});
