import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { HttpApp, HttpEnvironment, HttpDeps, Metrics } from '../kit/context.js';
import { HttpProblem } from '../kit/problem.js';
import { route } from '../kit/route.js';

/** Headers by which a proxy says for whom it asks. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** What is measured, for programs on this machine and for who bears the secret that the settings name. */
export function metricsRoutes(
  app: HttpApp,
  metrics: Metrics,
  { metricsSecret }: Pick<HttpDeps, 'metricsSecret'>,
): void {
  route(app, '/metrics/', [], {
    GET: async (c) => {
      if (!bears(c, metricsSecret) && !isFromHere(c)) throw refusal(metricsSecret !== null);
      const { mediaType, text } = await metrics.read();
      return c.body(text, 200, { 'Content-Type': mediaType, 'Cache-Control': 'no-store' });
    },
  });
}

/** Compares digests, in the same time whatever is presented. */
function bears(c: Context, secret: string | null): boolean {
  const presented = /^bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (secret === null || presented === undefined) return false;
  return timingSafeEqual(digest(presented), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whether a program on this machine asks, for itself: its connection comes from here, and so does whom it asks for.
 * What a proxy passes on is from elsewhere, also where the proxy is on this machine and nobody told us of it.
 */
function isFromHere(c: Context<HttpEnvironment>): boolean {
  const bindings: unknown = c.env;
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return false;
  const peer = (bindings.incoming as IncomingMessage).socket.remoteAddress;
  if (!isLoopback(peer) || !isLoopback(c.get('clientAddress') ?? undefined)) return false;
  return forwardingHeaders.every((name) => c.req.header(name) === undefined);
}

function isLoopback(address = ''): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(address);
}

/** Whoever configured a secret wants to hear that the one presented is wrong. */
function refusal(hasSecret: boolean): HttpProblem {
  if (hasSecret) {
    const detail = 'From elsewhere this takes METRICS_TOKEN as the bearer.';
    const headers = { 'WWW-Authenticate': 'Bearer' };
    return new HttpProblem({ status: 401, code: 'unauthenticated', detail, headers });
  }
  const detail = 'Only programs on the same machine may read this, until METRICS_TOKEN is set.';
  return new HttpProblem({ status: 403, code: 'loopback_only', detail });
}
