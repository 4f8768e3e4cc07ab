import type { Context } from 'hono';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { basePathOf } from './base-path.js';
import { cookieName, putCookie, readCookie, type BrowserCookie, type CookieDeps } from './browser-cookies.js';
import { isSameOrigin } from './same-origin.js';

type CookieKind = 'access' | 'refresh';

/**
 * Sets the cookies of a session. They are HttpOnly, SameSite=Strict, Secure if the server is reached by TLS, and expire
 * with the tokens that they contain.
 */
export function setSessionCookies(c: Context, session: OpenedSession, deps: CookieDeps): void {
  put(c, 'access', deps, session.accessSecret, secondsUntil(session.accessExpiresAt));
  put(c, 'refresh', deps, session.refreshSecret, secondsUntil(session.refreshExpiresAt));
}

/** Returns the secret in a cookie; undefined if there is none, or if the request is not known to come from a page of this server. */
export function sessionCookie(c: Context, kind: CookieKind, deps: CookieDeps): string | undefined {
  if (!isSameOrigin(c, deps.publicUrl)) return undefined;
  return readCookie(c, scopeOf(kind, basePathOf(deps)), deps);
}

/** Deletes the cookies of a session that its own page has ended. The cookies of other requests belong to another session. */
export function clearSessionCookies(c: Context, deps: CookieDeps): void {
  if (c.req.header('Authorization') !== undefined) return;
  put(c, 'access', deps, '', 0);
  put(c, 'refresh', deps, '', 0);
}

/** The name and path of a cookie, for an app that is mounted at a base path. */
function scopeOf(kind: CookieKind, basePath: string): BrowserCookie {
  const name = cookieName(kind, basePath);
  // Only the route that refreshes a session reads it.
  if (kind === 'refresh') return { name, path: `${basePath}/api/session/`, securePrefix: 'secure' };
  // Browsers accept the prefix `__Host-` only for the root.
  if (basePath === '') return { name, path: '/', securePrefix: 'host' };
  return { name, path: basePath, securePrefix: 'secure' };
}

function put(c: Context, kind: CookieKind, deps: CookieDeps, value: string, maxAge: number) {
  putCookie(c, scopeOf(kind, basePathOf(deps)), deps, { value, maxAge });
}

/** Browsers reject a `Max-Age` of more than 400 days. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

function secondsUntil(date: Date): number {
  return Math.min(maxAgeSeconds, Math.max(0, Math.floor((date.getTime() - Date.now()) / 1000)));
}
