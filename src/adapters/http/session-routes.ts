import * as v from 'valibot';
import type { OpenedSession, Session } from '../../domain/auth/session.js';
import { authenticate } from './authenticate.js';
import type { HttpApp, HttpNeeds } from './context.js';
import { idParameter } from './id-parameter.js';
import { limitPosts } from './limit-posts.js';
import { originOf } from './origin.js';
import { readJson } from './read-json.js';
import { route } from './route.js';

const refresh = v.object({ refresh_token: v.string('Must be a text.') }, 'Must be a JSON object.');

/** Going on with a session, seeing them, and ending them. */
export function sessionRoutes(app: HttpApp, needs: HttpNeeds): void {
  const { core } = needs;

  const limited = limitPosts((c) => core.limits.refresh(c.get('clientAddress')));
  route(app, '/api/session/refresh/', [limited], {
    POST: async (c) => {
      const body = await readJson(c, refresh);
      return c.json(
        presentOpenedSession(
          await core.auth.refresh({ refreshSecret: body.refresh_token, origin: originOf(c) }),
        ),
      );
    },
  });

  route(app, '/api/logout/', [authenticate(needs)], {
    POST: async (c) => {
      await core.auth.signOut({ caller: c.get('caller'), origin: originOf(c) });
      return c.body(null, 204);
    },
  });

  route(app, '/api/sessions/', [authenticate(needs)], {
    GET: async (c) => {
      const { by } = c.get('caller');
      const current = by.kind === 'session' ? by.sessionId : null;
      const sessions = await core.auth.sessions(c.get('caller'));
      return c.json({ results: sessions.map((session) => presentSession(session, current)), next: null });
    },
    DELETE: async (c) => {
      await core.auth.endOtherSessions({ caller: c.get('caller'), origin: originOf(c) });
      return c.body(null, 204);
    },
  });

  route(app, '/api/sessions/:id/', [authenticate(needs)], {
    DELETE: async (c) => {
      await core.auth.endSession({ caller: c.get('caller'), sessionId: idParameter(c), origin: originOf(c) });
      return c.body(null, 204);
    },
  });
}

/** The secrets of a session that was just opened or refreshed, and when they end. */
export function presentOpenedSession(session: OpenedSession) {
  return {
    token: session.accessSecret,
    expires_at: session.accessExpiresAt.toISOString(),
    refresh_token: session.refreshSecret,
    refresh_expires_at: session.refreshExpiresAt.toISOString(),
  };
}

/** As the API shows it. */
export function presentSession(session: Session, currentId: string | null) {
  return {
    id: session.id,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    user_agent: session.userAgent,
    current: session.id === currentId,
  };
}
