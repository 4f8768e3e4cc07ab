import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { HttpEnvironment } from '../kit/context.js';
import { defineRoute } from '../kit/define-route.js';
import { HttpProblem } from '../kit/problem.js';
import { sendNotFound } from '../kit/send-problem.js';

/** Headers that a proxy adds for the client whose request it forwards. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

export const readMetrics = defineRoute({
  method: 'GET',
  path: '/metrics',
  id: 'readMetrics',
  tag: 'Operations',
  summary: 'Read the metrics of the server, for Prometheus',
  description:
    'For programs on the same machine, and for requests with `Authorization: Bearer …` and the value of `METRICS_TOKEN`. A request that a proxy forwards counts as one from another machine.',
  access: 'anyone',
  isServed: ({ metrics }) => metrics !== null,
  responses: {
    200: {
      description: 'The metrics, one per line.',
      json: null,
      text: {
        mediaType: 'text/plain',
        example: '# TYPE metered_chat_holds_open gauge\nmetered_chat_holds_open 0\n',
      },
    },
  },
  problems: ['unauthenticated', 'loopback_only'],
  handler: async ({ c, deps: { metrics, metricsSecret } }) => {
    if (metrics === null) return sendNotFound(c);
    if (!hasSecret(c, metricsSecret) && !isFromThisMachine(c)) throw rejection(metricsSecret !== null);
    const { mediaType, text } = await metrics.read();
    return c.body(text, 200, { 'Content-Type': mediaType, 'Cache-Control': 'no-store' });
  },
});

/** Compares digests, which takes the same time for any value. */
function hasSecret(c: Context, secret: string | null): boolean {
  const presented = /^bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (secret === null || presented === undefined) return false;
  return timingSafeEqual(digest(presented), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Returns whether both the connection and the client's address are of this machine. A forwarded request is from another
 * machine, even if the proxy runs here and is not configured as trusted.
 */
function isFromThisMachine(c: Context<HttpEnvironment>): boolean {
  const bindings: unknown = c.env;
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return false;
  const peer = (bindings.incoming as IncomingMessage).socket.remoteAddress;
  if (!isLoopback(peer) || !isLoopback(c.get('clientAddress') ?? undefined)) return false;
  return forwardingHeaders.every((name) => c.req.header(name) === undefined);
}

function isLoopback(address = ''): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(address);
}

function rejection(isSecretConfigured: boolean): HttpProblem {
  if (isSecretConfigured) {
    const detail = 'Send METRICS_TOKEN as the bearer token to read the metrics from another machine.';
    const headers = { 'WWW-Authenticate': 'Bearer' };
    return new HttpProblem({ status: 401, code: 'unauthenticated', detail, headers });
  }
  const detail = 'Set METRICS_TOKEN to read the metrics from another machine.';
  return new HttpProblem({ status: 403, code: 'loopback_only', detail });
}
