import type { Context } from 'hono';

/** The key itself, whether it is sent bare or as the quoted string of a structured field (RFC 8941); null without one. */
export function idempotencyKeyOf(c: Context): string | null {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return null;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
}
