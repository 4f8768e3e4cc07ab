import type { Context } from 'hono';

/** Returns the key, which may have the quotes of a structured field (RFC 8941); null if there is none. */
export function idempotencyKeyOf(c: Context): string | null {
  const header = c.req.header('Idempotency-Key');
  if (header === undefined) return null;
  return /^"((?:[^"\\]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
}
