import { wholeListOf, messageResponse } from '../response-fields.js';
import { confirmation } from '../../account/email-routes.js';
import { forgotten, replacement } from '../../account/password-routes.js';
import { openedSessionResponse } from '../../account/session-cookies.js';
import { refresh, sessionResponse } from '../../account/session-routes.js';
import { exampleSession } from './examples.js';
import { keysQuery, noQuery } from '../query-fields.js';
import type { Operations } from './operation.js';

/** Sessions, API keys, and what is done by mail. */
export const sessionOperations: Operations = {
  '/api/session/refresh/': {
    POST: {
      id: 'refreshSession',
      tag: 'Sessions and keys',
      summary: 'Exchange a refresh token for a new pair',
      description:
        'The old pair stops working. A refresh token that is used again later than within 10 seconds ends its session.',
      access: 'anyone',
      isLimited: true,
      body: { schema: refresh, examples: { plain: { refresh_token: exampleSession.refresh_token } } },
      responses: {
        200: {
          description: 'The new pair.',
          json: openedSessionResponse,
          example: exampleSession,
          headers: ['Set-Cookie'],
        },
      },
      problems: ['unauthenticated'],
    },
  },
  '/api/logout/': {
    POST: {
      id: 'logout',
      tag: 'Sessions and keys',
      summary: 'End this session',
      access: 'account',
      responses: { 204: { description: 'It has ended.', json: null, headers: ['Set-Cookie'] } },
      problems: ['session_required'],
    },
  },
  '/api/sessions/': {
    GET: {
      id: 'listSessions',
      tag: 'Sessions and keys',
      summary: 'List the sessions of the account',
      access: 'account',
      query: noQuery,
      responses: { 200: { description: 'All of them.', json: wholeListOf(sessionResponse) } },
      problems: ['session_required'],
    },
    DELETE: {
      id: 'endOtherSessions',
      tag: 'Sessions and keys',
      summary: 'End all sessions but this one',
      description: 'With `keys=true` the API keys are removed as well.',
      access: 'account',
      query: keysQuery,
      responses: { 204: { description: 'They have ended.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/sessions/{id}/': {
    DELETE: {
      id: 'endSession',
      tag: 'Sessions and keys',
      summary: 'End a session',
      access: 'account',
      responses: { 204: { description: 'It has ended.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/email/verification/': {
    POST: {
      id: 'requestVerification',
      tag: 'Passwords and emails',
      summary: 'Send the confirmation mail again',
      access: 'account',
      isLimited: true,
      responses: { 202: { description: 'A mail may be on its way.', json: messageResponse } },
      problems: ['session_required'],
    },
  },
  '/api/email/verify/': {
    POST: {
      id: 'verifyEmail',
      tag: 'Passwords and emails',
      summary: 'Confirm an email',
      description: 'A new email of an account is in force from then on.',
      access: 'anyone',
      body: { schema: confirmation, examples: { plain: { token: 'mcv_…' } } },
      responses: { 204: { description: 'It is confirmed.', json: null } },
      problems: ['invalid_token', 'email_taken'],
    },
  },
  '/api/email/cancel/': {
    POST: {
      id: 'cancelEmailChange',
      tag: 'Passwords and emails',
      summary: 'Cancel a change of the email',
      description:
        'By the token that the former address was sent; good until the change is confirmed and for 7 days after. After it was confirmed, the former email is put back and every session ends.',
      access: 'anyone',
      body: { schema: confirmation, examples: { plain: { token: 'mcu_…' } } },
      responses: { 204: { description: 'It is cancelled.', json: null } },
      problems: ['invalid_token', 'email_taken'],
    },
  },
  '/api/password/forgot/': {
    POST: {
      id: 'forgotPassword',
      tag: 'Passwords and emails',
      summary: 'Ask for a mail to reset the password',
      description: 'Answers alike whether there is such an account or not.',
      access: 'anyone',
      isLimited: true,
      body: { schema: forgotten, examples: { plain: { email: 'jane@example.org' } } },
      responses: { 202: { description: 'A mail may be on its way.', json: messageResponse } },
    },
  },
  '/api/password/reset/': {
    POST: {
      id: 'resetPassword',
      tag: 'Passwords and emails',
      summary: 'Set a new password',
      description:
        'Confirms the email that the token was sent to, ends every session, removes every API key and drops a change of the email that is pending.',
      access: 'anyone',
      body: {
        schema: replacement,
        examples: { plain: { token: 'mcp_…', new_password: 'EvenStronger456!' } },
      },
      responses: { 204: { description: 'It is set.', json: null } },
      problems: ['invalid_token'],
    },
  },
};
