import * as v from 'valibot';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { route } from '../kit/route.js';

export const liveResponse = v.object({ status: v.literal('live') });

export const readyResponse = v.object({ status: v.literal('ready') });

export const notReadyResponse = v.object({
  status: v.picklist(['starting', 'draining', 'database unavailable']),
});

const pingTimeoutMs = 2000;

/** `live`: this process answers. `ready`: it can serve, the database included. */
export function healthRoutes(app: HttpApp, deps: Pick<HttpDeps, 'ping' | 'lifecycle'>): void {
  route(app, '/health/live/', [], { GET: (c) => c.json({ status: 'live' }) });

  route(app, '/health/ready/', [], {
    GET: async (c) => {
      const status =
        deps.lifecycle.state === 'ready' ? await databaseStatus(deps.ping) : deps.lifecycle.state;
      if (status !== 'ready') c.header('Retry-After', '1');
      return c.json({ status }, status === 'ready' ? 200 : 503);
    },
  });
}

async function databaseStatus(ping: () => Promise<void>): Promise<'ready' | 'database unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, pingTimeoutMs, new Error('The database did not answer in time.'));
  });
  try {
    await Promise.race([ping(), timeout]);
    return 'ready';
  } catch {
    return 'database unavailable';
  } finally {
    clearTimeout(timer);
  }
}
