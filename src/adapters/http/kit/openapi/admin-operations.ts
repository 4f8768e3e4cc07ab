import { pageOf, wholeListOf } from '../response-fields.js';
import {
  auditQuery,
  chatQuery,
  entryQuery,
  namedEntryResponse,
  namedEventResponse,
  namedExchangeResponse,
} from '../../admin/admin-records-routes.js';
import { auditResponse, statisticsResponse, statisticsQuery } from '../../admin/admin-reports-routes.js';
import {
  accountChange,
  adjustment,
  givenPassword,
  listedUserResponse,
  newUser,
  userQuery,
} from '../../admin/admin-users-routes.js';
import { keyResponse } from '../../account/api-keys.js';
import { entryResponse } from '../../account/ledger-routes.js';
import { keysQuery, noQuery } from '../query-fields.js';
import { sessionResponse } from '../../account/session-routes.js';
import type { Operations } from './operation.js';

const aPage = 'A page; or the whole list as a table, to `Accept: text/csv` or `?format=csv`.';

/** What administrators do. */
export const adminOperations: Operations = {
  '/api/admin/users/': {
    GET: {
      id: 'listUsers',
      tag: 'Administration',
      summary: 'Look through the accounts',
      description: '`from` and `to` are about when they joined.',
      access: 'admin',
      isPaged: true,
      query: userQuery,
      responses: {
        200: {
          description: aPage,
          json: pageOf(listedUserResponse),
          csvExample:
            'id,username,email,email_verified,role,status,tokens,held,created_at,last_seen_at,last_signed_in_at\r\n',
        },
      },
    },
    POST: {
      id: 'createUser',
      tag: 'Administration',
      summary: 'Create an account',
      description:
        'It starts with `tokens`; without them, with what every new account gets. A given email is sent the mail that confirms it.',
      access: 'admin',
      body: {
        schema: newUser,
        examples: { plain: { username: 'jane_doe', password: 'StrongPass123!', tokens: 500 } },
      },
      responses: { 201: { description: 'The new account.', json: listedUserResponse } },
      problems: ['session_required', 'username_taken', 'email_taken'],
    },
  },
  '/api/admin/users/{id}/': {
    GET: {
      id: 'readUser',
      tag: 'Administration',
      summary: 'Read an account',
      access: 'admin',
      responses: { 200: { description: 'The account.', json: listedUserResponse } },
    },
    PATCH: {
      id: 'changeUser',
      tag: 'Administration',
      summary: 'Change an account',
      description:
        'Its role, its status, its username or its email. Another email is `pending_email` until it is confirmed.',
      access: 'admin',
      body: { schema: accountChange, examples: { disable: { status: 'disabled' } } },
      responses: { 200: { description: 'The changed account.', json: listedUserResponse } },
      problems: ['session_required', 'username_taken', 'email_taken', 'last_admin'],
    },
    DELETE: {
      id: 'eraseUser',
      tag: 'Administration',
      summary: 'Erase an account',
      access: 'admin',
      responses: { 204: { description: 'It is erased.', json: null } },
      problems: ['session_required', 'last_admin'],
    },
  },
  '/api/admin/users/{id}/password/': {
    POST: {
      id: 'setUserPassword',
      tag: 'Administration',
      summary: "Set an account's password",
      description:
        'Ends every session of the account and, unless `keep_keys` is true, removes its API keys. An administrator who sets their own stays signed in there.',
      access: 'admin',
      body: { schema: givenPassword, examples: { set: { new_password: 'AnotherStrongPass456!' } } },
      responses: { 204: { description: 'The password is set.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/admin/users/{id}/sessions/': {
    GET: {
      id: 'listUserSessions',
      tag: 'Administration',
      summary: 'List the sessions of an account',
      access: 'admin',
      query: noQuery,
      responses: { 200: { description: 'All of them.', json: wholeListOf(sessionResponse) } },
    },
    DELETE: {
      id: 'endUserSessions',
      tag: 'Administration',
      summary: 'Sign an account out everywhere',
      description: 'With `keys=true` its API keys are removed as well.',
      access: 'admin',
      query: keysQuery,
      responses: { 204: { description: 'Its sessions have ended.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/admin/users/{id}/sessions/{session_id}/': {
    DELETE: {
      id: 'endUserSession',
      tag: 'Administration',
      summary: 'End a session of an account',
      access: 'admin',
      responses: { 204: { description: 'It has ended.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/admin/users/{id}/keys/': {
    GET: {
      id: 'listUserKeys',
      tag: 'Administration',
      summary: 'List the API keys of an account',
      access: 'admin',
      query: noQuery,
      responses: { 200: { description: 'All of them.', json: wholeListOf(keyResponse) } },
    },
    DELETE: {
      id: 'removeUserKeys',
      tag: 'Administration',
      summary: 'Remove every API key of an account',
      access: 'admin',
      responses: { 204: { description: 'They work no more.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/admin/users/{id}/keys/{key_id}/': {
    DELETE: {
      id: 'removeUserKey',
      tag: 'Administration',
      summary: 'Remove an API key of an account',
      access: 'admin',
      responses: { 204: { description: 'It works no more.', json: null } },
      problems: ['session_required'],
    },
  },
  '/api/admin/users/{id}/tokens/': {
    POST: {
      id: 'adjustBalance',
      tag: 'Administration',
      summary: 'Give or take tokens',
      description: 'One entry of the ledger. A balance never goes below zero.',
      access: 'admin',
      isIdempotent: true,
      body: { schema: adjustment, examples: { give: { amount: 500, reason: 'A gift' } } },
      responses: { 201: { description: 'The entry.', json: entryResponse } },
      problems: ['balance_out_of_range'],
    },
  },
  '/api/admin/chats/': {
    GET: {
      id: 'listAllExchanges',
      tag: 'Administration',
      summary: 'Look through every exchange',
      access: 'admin',
      isPaged: true,
      query: chatQuery,
      responses: {
        200: {
          description: aPage,
          json: pageOf(namedExchangeResponse),
          csvExample:
            'id,created_at,user_id,username,conversation_id,model,status,tokens_charged,message,response\r\n',
        },
      },
    },
  },
  '/api/admin/chats/{id}/': {
    GET: {
      id: 'readExchange',
      tag: 'Administration',
      summary: 'Read an exchange',
      access: 'admin',
      responses: { 200: { description: 'The exchange.', json: namedExchangeResponse } },
    },
  },
  '/api/admin/entries/': {
    GET: {
      id: 'listAllEntries',
      tag: 'Administration',
      summary: 'Look through the whole ledger',
      access: 'admin',
      isPaged: true,
      query: entryQuery,
      responses: {
        200: {
          description: aPage,
          json: pageOf(namedEntryResponse),
          csvExample: 'id,created_at,user_id,username,kind,amount,balance_after,chat_id,reason\r\n',
        },
      },
    },
  },
  '/api/admin/audit/': {
    GET: {
      id: 'listAuditEvents',
      tag: 'Administration',
      summary: 'Look through who did what to whom',
      access: 'admin',
      isPaged: true,
      query: auditQuery,
      responses: {
        200: {
          description: aPage,
          json: pageOf(namedEventResponse),
          csvExample:
            'id,created_at,action,actor_id,actor_username,user_id,username,subject_id,address,user_agent\r\n',
        },
      },
    },
  },
  '/api/admin/stats/': {
    GET: {
      id: 'readStatistics',
      tag: 'Administration',
      summary: 'What happened, by day and model',
      description: 'At most 366 days; without a range, the last 30.',
      access: 'admin',
      query: statisticsQuery,
      responses: { 200: { description: 'The statistics.', json: statisticsResponse } },
    },
  },
  '/api/admin/invariants/': {
    GET: {
      id: 'auditLedger',
      tag: 'Administration',
      summary: 'Whether the books are right',
      access: 'admin',
      query: noQuery,
      responses: { 200: { description: 'What the audit found.', json: auditResponse } },
    },
  },
};
