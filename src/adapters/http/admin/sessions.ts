import { presentSession, sessionResponse } from '../account/sessions.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { keysQuery, noQuery } from '../kit/query-fields.js';
import { wholeListOf } from '../kit/response-fields.js';

export const listUserSessions = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/sessions/',
  id: 'listUserSessions',
  tag: 'Administration',
  summary: 'List the sessions of an account',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All sessions.', json: wholeListOf(sessionResponse) } },
  handler: async ({ c, core, caller, params }) => {
    const sessions = await core.admin.sessions({ caller, userId: params.id });
    return c.json({ results: sessions.map((session) => presentSession(session, caller)), next: null });
  },
});

export const endUserSessions = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/sessions/',
  id: 'endUserSessions',
  tag: 'Administration',
  summary: 'End every session of an account',
  description: 'With `keys=true` its API keys are removed as well.',
  access: 'admin',
  query: keysQuery,
  responses: { 204: { description: 'The sessions have ended.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params, query }) => {
    await core.admin.endSessions({
      caller,
      userId: params.id,
      includesKeys: query.keys === 'true',
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});

export const endUserSession = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/sessions/{session_id}/',
  id: 'endUserSession',
  tag: 'Administration',
  summary: 'End a session of an account',
  access: 'admin',
  responses: { 204: { description: 'The session has ended.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.endSession({
      caller,
      userId: params.id,
      sessionId: params.session_id,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});
