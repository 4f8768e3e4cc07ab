import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { setLimitHeaders, originOf } from '../kit/headers.js';
import { messageResponse } from '../kit/response-fields.js';

const tokenBody = jsonObject({ token: string });

export const requestVerification = defineRoute({
  method: 'POST',
  path: '/api/email/verification/',
  id: 'requestVerification',
  tag: 'Passwords and emails',
  summary: 'Send the confirmation mail again',
  access: 'account',
  rateLimit: 'in-handler',
  responses: { 202: { description: 'A mail may have been sent.', json: messageResponse } },
  problems: ['session_required'],
  handler: async ({ c, core, caller }) => {
    const origin = originOf(c);
    const email = (await core.users.pendingEmail({ caller })) ?? caller.user.email;
    // An account can name an address that is not its own, so mails to an address are limited.
    if (email !== null) setLimitHeaders(c, await core.limits.forgot({ email, address: origin.address }));
    await core.users.requestVerification({ caller, origin });
    const message = 'If the email of this account is not yet confirmed, a mail is on its way to it.';
    return c.json({ message }, 202);
  },
});

export const verifyEmail = defineRoute({
  method: 'POST',
  path: '/api/email/verify/',
  id: 'verifyEmail',
  tag: 'Passwords and emails',
  summary: 'Confirm an email',
  description: 'A new email of an account takes effect.',
  access: 'anyone',
  body: { schema: tokenBody, examples: { plain: { token: 'mcv_…' } } },
  responses: { 204: { description: 'The email is confirmed.', json: null } },
  problems: ['invalid_token', 'email_taken'],
  handler: async ({ c, core, body }) => {
    await core.users.verifyEmail({ confirmationSecret: body.token, origin: originOf(c) });
    return c.body(null, 204);
  },
});

export const cancelEmailChange = defineRoute({
  method: 'POST',
  path: '/api/email/cancel/',
  id: 'cancelEmailChange',
  tag: 'Passwords and emails',
  summary: 'Cancel a change of the email',
  description:
    'By the token that was sent to the former address. It is valid until the change is confirmed, and for 7 days after. If the change was confirmed, the former email is restored and every session ends.',
  access: 'anyone',
  body: { schema: tokenBody, examples: { plain: { token: 'mcu_…' } } },
  responses: { 204: { description: 'The change is cancelled.', json: null } },
  problems: ['invalid_token', 'email_taken'],
  handler: async ({ c, core, body }) => {
    await core.users.cancelEmailChange({ cancellationSecret: body.token, origin: originOf(c) });
    return c.body(null, 204);
  },
});
