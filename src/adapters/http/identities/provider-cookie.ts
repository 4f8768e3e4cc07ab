import type { Context } from 'hono';
import type { Caller } from '../../../domain/auth/caller.js';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { apiCookie, putCookie, readCookie, type CookieDeps } from '../kit/browser-cookies.js';

/** Browsers keep no cookie of more than 4,096 bytes. */
const maxHintBytes = 3500;

/** By which provider a session was opened, and what that provider wants to see when the person signs out. */
export interface SessionProvider {
  providerId: string;
  hint: string | null;
}

/** Only the route that ends a session reads it. */
const cookieOf = (deps: CookieDeps) => apiCookie('provider', '/api/logout/', deps);

/** Remembers in the browser by which provider a session was opened. */
export function rememberProvider(
  c: Context,
  { sessionId, refreshExpiresAt }: OpenedSession,
  { providerId, hint }: SessionProvider,
  deps: CookieDeps,
): void {
  const sent = hint === null || hint.length > maxHintBytes ? '' : hint;
  const lifetimeSeconds = Math.floor((refreshExpiresAt.getTime() - Date.now()) / 1000);
  const maxAge = Math.min(maxAgeSeconds, Math.max(0, lifetimeSeconds));
  putCookie(c, cookieOf(deps), deps, { value: `${sessionId}~${providerId}~${sent}`, maxAge });
}

/** Browsers reject a `Max-Age` of more than 400 days. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

/** Returns by which provider the caller's session was opened, and forgets it; null if it was opened in another way. */
export function takeProvider(c: Context, { by }: Caller, deps: CookieDeps): SessionProvider | null {
  const value = readCookie(c, cookieOf(deps), deps);
  if (value === undefined) return null;
  putCookie(c, cookieOf(deps), deps, { value: '', maxAge: 0 });
  const [ofSession, providerId = '', hint = ''] = value.split('~');
  return by.kind === 'session' && ofSession === by.sessionId
    ? { providerId, hint: hint === '' ? null : hint }
    : null;
}
