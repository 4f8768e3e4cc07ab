import { requireAdmin } from '../../../domain/auth/caller.js';
import { authenticate } from './authenticate.js';
import type { HttpMiddleware, HttpDeps } from './context.js';

/**
 * What stands before every route of the administration: lets through who presents an access token or API key of an
 * administrator. A key reads everything and adjusts balances; what changes an account asks for a session by itself.
 */
export function onlyAdmins(deps: Pick<HttpDeps, 'core' | 'publicUrl'>): HttpMiddleware[] {
  return [
    authenticate(deps),
    async (c, next) => {
      requireAdmin(c.get('caller'));
      await next();
    },
  ];
}
