import * as v from 'valibot';
import type { Session } from '../../../domain/auth/session.js';
import { id, time } from '../kit/response-fields.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { limitPosts } from '../kit/limit-posts.js';
import { originOf } from '../kit/origin.js';
import { invalidInput } from '../kit/problem.js';
import { keysQuery, noQuery } from '../kit/query-fields.js';
import { readJson } from '../kit/read-json.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import {
  clearCookies,
  cookieSecret,
  cookieWish,
  presentOpenedSession,
  refuseForeignWish,
} from './session-cookies.js';

export const sessionResponse = v.object({
  id,
  created_at: time,
  last_used_at: time,
  user_agent: v.nullable(v.string()),
  current: v.boolean(),
});

export const refresh = v.object(
  { refresh_token: v.optional(v.string('Must be a text.')), cookie: cookieWish },
  'Must be a JSON object.',
);

/**
 * Going on with a session, seeing them, and ending them. A page of this server that names no refresh token goes on with
 * the one in its cookie, and gets the new pair in cookies too.
 */
export function sessionRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  const limited = limitPosts((c) => core.limits.refresh(c.get('clientAddress')));
  route(app, '/api/session/refresh/', [limited], {
    POST: async (c) => {
      const body = await readJson(c, refresh);
      refuseForeignWish(c, body.cookie, deps);
      const fromCookie = body.refresh_token === undefined ? cookieSecret(c, 'refresh', deps) : undefined;
      const inCookies = body.cookie === true || fromCookie !== undefined;
      const refreshSecret = body.refresh_token ?? fromCookie ?? (inCookies ? '' : undefined);
      if (refreshSecret === undefined) throw invalidInput({ refresh_token: ['Is required.'] });
      const session = await core.auth.refresh({ refreshSecret, origin: originOf(c) });
      return c.json(presentOpenedSession(c, session, { ...deps, inCookies }));
    },
  });

  route(app, '/api/logout/', [authenticate(deps)], {
    POST: async (c) => {
      await core.auth.signOut({ caller: c.get('caller'), origin: originOf(c) });
      clearCookies(c, deps);
      return c.body(null, 204);
    },
  });

  route(app, '/api/sessions/', [authenticate(deps)], {
    GET: async (c) => {
      readQuery(c, noQuery);
      const { by } = c.get('caller');
      const current = by.kind === 'session' ? by.sessionId : null;
      const sessions = await core.auth.sessions(c.get('caller'));
      return c.json({ results: sessions.map((session) => presentSession(session, current)), next: null });
    },
    DELETE: async (c) => {
      const { keys } = readQuery(c, keysQuery);
      await core.auth.endOtherSessions({
        caller: c.get('caller'),
        includesKeys: keys === 'true',
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });

  route(app, '/api/sessions/:id/', [authenticate(deps)], {
    DELETE: async (c) => {
      await core.auth.endSession({ caller: c.get('caller'), sessionId: idParameter(c), origin: originOf(c) });
      return c.body(null, 204);
    },
  });
}

/** As the API shows it. */
export function presentSession(
  session: Session,
  currentId: string | null,
): v.InferOutput<typeof sessionResponse> {
  return {
    id: session.id,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    user_agent: session.userAgent,
    current: session.id === currentId,
  };
}
