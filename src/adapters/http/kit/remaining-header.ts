import type { Context } from 'hono';

/** Sets the header with the available tokens after a call, for APIs whose body has no field for it. */
export function setRemainingHeader(c: Context, balance: number): void {
  c.header('X-Remaining-Tokens', String(balance));
}
