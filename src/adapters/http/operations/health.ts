import * as v from 'valibot';
import type { HttpDeps } from '../kit/context.js';
import { defineRoute } from '../kit/define-route.js';

const liveResponse = v.object({ status: v.literal('live') });

export const isLive = defineRoute({
  method: 'GET',
  path: '/health/live',
  id: 'isLive',
  tag: 'Operations',
  summary: 'Check whether the process is running',
  access: 'anyone',
  responses: {
    200: { description: 'It is running.', json: liveResponse, example: { status: 'live' } },
  },
  handler: ({ c }) => c.json({ status: 'live' } satisfies v.InferOutput<typeof liveResponse>),
});

const readyResponse = v.object({ status: v.literal('ready') });

const notReadyResponse = v.object({
  status: v.picklist(['starting', 'draining', 'database unavailable']),
});

export const isReady = defineRoute({
  method: 'GET',
  path: '/health/ready',
  id: 'isReady',
  tag: 'Operations',
  summary: 'Check whether the server and its database can serve requests',
  access: 'anyone',
  responses: {
    200: { description: 'They can.', json: readyResponse, example: { status: 'ready' } },
    503: {
      description: 'The server is starting or draining, or the database is unavailable.',
      json: notReadyResponse,
      example: { status: 'draining' },
      headers: ['Retry-After'],
    },
  },
  handler: async ({ c, deps }) => {
    const status = await readiness(deps);
    if (status !== 'ready') c.header('Retry-After', '1');
    return c.json({ status }, status === 'ready' ? 200 : 503);
  },
});

const pingTimeoutMs = 2000;

async function readiness({ lifecycle, ping }: HttpDeps) {
  if (lifecycle.state !== 'ready') return lifecycle.state;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, pingTimeoutMs, new Error('The database did not respond in time.'));
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
