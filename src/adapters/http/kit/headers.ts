import type { Context } from 'hono';
import type { Origin } from '../../../domain/audit/audit-event.js';
import type { LimitState } from '../../../domain/limits/rate-limits.js';
import type { HttpEnvironment } from './context.js';

/** Returns the key, which may have the quotes of a structured field (RFC 8941); null if there is none. */
export function idempotencyKeyOf(c: Context): string | null {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return null;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
}

/** Returns where a request comes from, for the audit log. */
export function originOf(c: Context<HttpEnvironment>): Origin {
  return {
    address: c.get('clientAddress'),
    userAgent: userAgentOf(c.req.header('User-Agent')),
    requestId: c.get('requestId'),
  };
}

/** Keeps printable ASCII only, and no more than identifies a device. */
function userAgentOf(header: string | undefined): string | null {
  return header === undefined ? null : header.replace(/[^\x20-\x7E]/g, '?').slice(0, 300);
}

/** Returns the state of a rate limit as headers. Seconds are rounded up. */
export function limitHeaders({ max, remaining, resetsInMs }: LimitState): Record<string, string> {
  return {
    'RateLimit-Limit': String(max),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(resetsInMs / 1000)),
  };
}

/** Sets the headers of a rate limit on the response, if there is a limit. */
export function setLimitHeaders(c: Context, limit: LimitState | null): void {
  if (limit === null) return;
  for (const [name, value] of Object.entries(limitHeaders(limit))) c.header(name, value);
}

/** Sets the header with the available tokens after a call, for APIs whose body has no field for it. */
export function setRemainingHeader(c: Context, balance: number): void {
  c.header('X-Remaining-Tokens', String(balance));
}
