import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { presentKey } from '../account/api-keys.js';
import { onlyAdmins } from '../kit/only-admins.js';
import { originOf } from '../kit/origin.js';
import { keysQuery, noQuery } from '../kit/query-fields.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import { presentSession } from '../account/session-routes.js';

/** What gives access to an account: its sessions and its API keys. */
export function adminAccessRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/admin/users/:id/sessions/', onlyAdmins(deps), {
    GET: async (c) => {
      readQuery(c, noQuery);
      const { by } = c.get('caller');
      const current = by.kind === 'session' ? by.sessionId : null;
      const sessions = await core.admin.sessions({ caller: c.get('caller'), userId: idParameter(c) });
      return c.json({ results: sessions.map((session) => presentSession(session, current)), next: null });
    },
    DELETE: async (c) => {
      const userId = idParameter(c);
      const { keys } = readQuery(c, keysQuery);
      await core.admin.endSessions({
        caller: c.get('caller'),
        userId,
        includesKeys: keys === 'true',
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });

  route(app, '/api/admin/users/:id/sessions/:session_id/', onlyAdmins(deps), {
    DELETE: async (c) => {
      await core.admin.endSession({
        caller: c.get('caller'),
        userId: idParameter(c),
        sessionId: idParameter(c, 'session_id'),
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });

  route(app, '/api/admin/users/:id/keys/', onlyAdmins(deps), {
    GET: async (c) => {
      readQuery(c, noQuery);
      const keys = await core.admin.keys({ caller: c.get('caller'), userId: idParameter(c) });
      return c.json({ results: keys.map(presentKey), next: null });
    },
    DELETE: async (c) => {
      await core.admin.removeKeys({ caller: c.get('caller'), userId: idParameter(c), origin: originOf(c) });
      return c.body(null, 204);
    },
  });

  route(app, '/api/admin/users/:id/keys/:key_id/', onlyAdmins(deps), {
    DELETE: async (c) => {
      await core.admin.removeKey({
        caller: c.get('caller'),
        userId: idParameter(c),
        keyId: idParameter(c, 'key_id'),
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });
}
