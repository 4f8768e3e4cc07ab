import type { Context } from 'hono';

/** Says what can be spent after a call, where its answer's body has no place for that. */
export function setRemainingHeader(c: Context, balance: number): void {
  c.header('X-Remaining-Tokens', String(balance));
}
