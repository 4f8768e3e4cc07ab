import { login, newAccountResponse } from '../../account/account-routes.js';
import { erasure, exportResponse, passwords, profile, userResponse } from '../../account/me-routes.js';
import { registration } from '../../account/new-account-fields.js';
import { openedSessionResponse } from '../../account/session-cookies.js';
import { exampleId, exampleSession, exampleTime } from './examples.js';
import type { Operations } from './operation.js';

const jane = { username: 'jane_doe', password: 'StrongPass123!' };

const exampleUser = {
  id: exampleId,
  username: 'jane_doe',
  email: 'jane@example.org',
  email_verified: true,
  pending_email: null,
  role: 'user',
  tokens: 3900,
  created_at: exampleTime,
};

/** Making an account, getting into it, and what it says of its owner. */
export const accountOperations: Operations = {
  '/api/register/': {
    POST: {
      id: 'register',
      tag: 'Accounts',
      summary: 'Make an account and sign in',
      description:
        'A username has 3 to 150 ASCII letters, digits and `. + - _`; a password 8 to 1,024 characters, and must not be common. `password1` is another name for `password`; `password2` must equal it.',
      access: 'anyone',
      isLimited: true,
      body: {
        schema: registration,
        examples: { plain: jane, repeated: { ...jane, password2: jane.password, email: 'jane@example.org' } },
      },
      responses: {
        201: {
          description: 'The account is there, with its starting tokens.',
          json: newAccountResponse,
          example: { message: 'User registered successfully.', ...exampleSession },
          headers: ['Set-Cookie'],
        },
      },
      problems: ['username_taken', 'email_taken'],
    },
  },
  '/api/login/': {
    POST: {
      id: 'login',
      tag: 'Accounts',
      summary: 'Sign in',
      description: 'By `username`, by `email`, or by an email in `username`.',
      access: 'anyone',
      isLimited: true,
      body: { schema: login, examples: { plain: jane } },
      responses: {
        200: {
          description: 'A new session.',
          json: openedSessionResponse,
          example: exampleSession,
          headers: ['Set-Cookie'],
        },
      },
      problems: ['invalid_credentials'],
    },
  },
  '/api/me/': {
    GET: {
      id: 'readMe',
      tag: 'Accounts',
      summary: 'Read the account',
      access: 'account',
      responses: { 200: { description: 'The account.', json: userResponse, example: exampleUser } },
    },
    PATCH: {
      id: 'changeMe',
      tag: 'Accounts',
      summary: 'Change the username or email',
      description:
        'A new email needs `current_password`. It is `pending_email` until it is confirmed; until then the old one stays in force, and is sent a link that cancels the change. `null` removes the email at once. The email in force drops a pending one.',
      access: 'account',
      isLimited: true,
      body: { schema: profile, examples: { username: { username: 'jane' } } },
      responses: { 200: { description: 'The changed account.', json: userResponse, example: exampleUser } },
      problems: ['session_required', 'wrong_password', 'username_taken', 'email_taken'],
    },
    DELETE: {
      id: 'eraseMe',
      tag: 'Accounts',
      summary: 'Erase the account',
      description: 'Its name, email and texts are erased everywhere; its ledger stays, under its bare id.',
      access: 'account',
      isLimited: true,
      body: { schema: erasure, examples: { plain: { current_password: jane.password } } },
      responses: { 204: { description: 'It is erased.', json: null } },
      problems: ['session_required', 'wrong_password', 'last_admin'],
    },
  },
  '/api/me/password/': {
    POST: {
      id: 'changePassword',
      tag: 'Passwords and emails',
      summary: 'Change the password',
      description:
        'Ends every other session and, unless `keep_keys` is true, removes every API key. The account is sent a mail about it.',
      access: 'account',
      isLimited: true,
      body: {
        schema: passwords,
        examples: { plain: { current_password: jane.password, new_password: 'EvenStronger456!' } },
      },
      responses: { 204: { description: 'It is changed.', json: null } },
      problems: ['session_required', 'wrong_password'],
    },
  },
  '/api/me/export/': {
    GET: {
      id: 'exportMe',
      tag: 'Accounts',
      summary: 'Everything that is held on the account',
      access: 'account',
      responses: {
        200: {
          description: 'One document, to be kept as a file.',
          json: exportResponse,
          headers: ['Content-Disposition'],
        },
      },
    },
  },
};
