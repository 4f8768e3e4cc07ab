import type { Context } from 'hono';
import type { Caller } from '../../../domain/auth/caller.js';
import type { OpenedSession } from '../../../domain/auth/session.js';
import type { SignInChallenge } from '../../../domain/factors/factor-method.js';
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
  const lifetimeSeconds = Math.floor((refreshExpiresAt.getTime() - Date.now()) / 1000);
  const maxAge = Math.min(maxAgeSeconds, Math.max(0, lifetimeSeconds));
  putCookie(c, cookieOf(deps), deps, { value: `${sessionId}~${providerId}~${sendable(hint)}`, maxAge });
}

function sendable(hint: string | null): string {
  return hint === null || hint.length > maxHintBytes ? '' : hint;
}

/** Browsers reject a `Max-Age` of more than 400 days. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

/** Only the routes that complete a sign-in read it. */
const pendingCookieOf = (deps: CookieDeps) => apiCookie('pending_provider', '/api/login/', deps);

/** Remembers in the browser which provider has begun a sign-in that goes on with a challenge. */
export function rememberPendingProvider(
  c: Context,
  { secret, expiresAt }: SignInChallenge,
  { providerId, hint }: SessionProvider,
  deps: CookieDeps,
): void {
  const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  putCookie(c, pendingCookieOf(deps), deps, { value: `${secret}~${providerId}~${sendable(hint)}`, maxAge });
}

/** Remembers the provider that has begun the sign-in of a challenge for the session that has completed it, if one did. */
export function rememberCompletedProvider(
  c: Context,
  challenge: string,
  session: OpenedSession,
  deps: CookieDeps,
): void {
  const value = readCookie(c, pendingCookieOf(deps), deps);
  if (value === undefined) return;
  putCookie(c, pendingCookieOf(deps), deps, { value: '', maxAge: 0 });
  const [ofChallenge, providerId = '', hint = ''] = value.split('~');
  // Another sign-in may have been completed, for instance by a password.
  if (ofChallenge !== challenge) return;
  rememberProvider(c, session, { providerId, hint: hint === '' ? null : hint }, deps);
}

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
