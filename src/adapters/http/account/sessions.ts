import * as v from 'valibot';
import type { IdentifiedCaller } from '../../../domain/auth/caller.js';
import type { Session } from '../../../domain/auth/session.js';
import { jsonObject, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { exampleSession } from '../kit/openapi/examples.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { originOf } from '../kit/headers.js';
import { invalidInput } from '../kit/problem.js';
import { keysQuery, noQuery } from '../kit/query-fields.js';
import { id, time, wholeListOf } from '../kit/response-fields.js';
import { takeProvider } from '../identities/provider-cookie.js';
import { clearSessionCookies, sessionCookie } from '../kit/session-cookies.js';
import {
  cookieField,
  openedSessionResponse,
  presentOpenedSession,
  rejectForeignCookies,
} from './opened-session.js';

export const sessionResponse = namedSchema(
  'Session',
  v.object({
    id,
    created_at: time,
    last_used_at: time,
    user_agent: v.nullable(v.string()),
    current: v.boolean(),
  }),
);

/** A page of this server that sends no refresh token uses the one in its cookie, and gets the new pair in cookies. */
export const refreshSession = defineRoute({
  method: 'POST',
  path: '/api/session/refresh/',
  id: 'refreshSession',
  tag: 'Sessions and keys',
  summary: 'Exchange a refresh token for a new pair',
  description:
    'The old pair stops working. If a refresh token is used again more than 10 seconds later, its session ends.',
  access: 'anyone',
  rateLimit: ({ core, address }) => core.limits.refresh(address),
  body: {
    schema: jsonObject({ refresh_token: v.optional(string), cookie: cookieField }),
    examples: { plain: { refresh_token: exampleSession.refresh_token } },
  },
  responses: {
    200: {
      description: 'The new pair.',
      json: openedSessionResponse,
      example: exampleSession,
      headers: ['Set-Cookie'],
    },
  },
  problems: ['unauthenticated'],
  handler: async ({ c, core, deps, body }) => {
    rejectForeignCookies(c, body.cookie, deps);
    const fromCookie = body.refresh_token === undefined ? sessionCookie(c, 'refresh', deps) : undefined;
    const inCookies = body.cookie === true || fromCookie !== undefined;
    const refreshSecret = body.refresh_token ?? fromCookie ?? (inCookies ? '' : undefined);
    if (refreshSecret === undefined) throw invalidInput({ refresh_token: ['Is required.'] });
    const session = await core.auth.refresh({ refreshSecret, origin: originOf(c) });
    return c.json(presentOpenedSession(c, session, { deps, inCookies }));
  },
});

export const logout = defineRoute({
  method: 'POST',
  path: '/api/logout/',
  id: 'logout',
  tag: 'Sessions and keys',
  summary: 'End this session',
  access: 'account',
  description:
    'A page of this server whose session was opened by a provider also gets the address at which to sign out there.',
  responses: {
    200: {
      description: 'The session has ended; the browser should open the address of the provider.',
      json: namedSchema('SignedOut', v.object({ provider_sign_out_url: v.string() })),
      example: { provider_sign_out_url: 'https://login.example.org/logout?client_id=metered-chat' },
      headers: ['Set-Cookie'],
    },
    204: { description: 'The session has ended.', json: null, headers: ['Set-Cookie'] },
  },
  problems: ['session_required'],
  handler: async ({ c, core, deps, caller }) => {
    await core.auth.signOut({ caller, origin: originOf(c) });
    const provider = c.req.header('Authorization') === undefined ? takeProvider(c, caller, deps) : null;
    clearSessionCookies(c, deps);
    const address = provider === null ? null : await core.identities.signOutAddress(provider);
    return address === null ? c.body(null, 204) : c.json({ provider_sign_out_url: address });
  },
});

export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/sessions/',
  id: 'listSessions',
  tag: 'Sessions and keys',
  summary: 'List the sessions of the account',
  access: 'account',
  query: noQuery,
  responses: { 200: { description: 'All sessions.', json: wholeListOf(sessionResponse) } },
  handler: async ({ c, core, caller }) => {
    const sessions = await core.auth.sessions(caller);
    return c.json({ results: sessions.map((session) => presentSession(session, caller)), next: null });
  },
});

export const endOtherSessions = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/',
  id: 'endOtherSessions',
  tag: 'Sessions and keys',
  summary: 'End all sessions but this one',
  description: 'With `keys=true` the API keys are deleted as well.',
  access: 'account',
  query: keysQuery,
  responses: { 204: { description: 'The other sessions have ended.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, query }) => {
    await core.auth.endOtherSessions({
      caller,
      includesKeys: query.keys === 'true',
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});

export const endSession = defineRoute({
  method: 'DELETE',
  path: '/api/sessions/{id}/',
  id: 'endSession',
  tag: 'Sessions and keys',
  summary: 'End a session',
  access: 'account',
  responses: { 204: { description: 'The session has ended.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.auth.endSession({ caller, sessionId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

/**
 * Returns a session as the API shows it.
 *
 * @param caller If the caller uses this session, it is `current`.
 */
export function presentSession(
  session: Session,
  caller: IdentifiedCaller | null,
): v.InferOutput<typeof sessionResponse> {
  return {
    id: session.id,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    user_agent: session.userAgent,
    current: caller?.by.kind === 'session' && caller.by.sessionId === session.id,
  };
}
