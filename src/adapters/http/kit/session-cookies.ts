import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { basePathOf } from './base-path.js';
import type { HttpDeps } from './context.js';
import { isSameOrigin } from './same-origin.js';

type CookieKind = 'access' | 'refresh';

type CookieDeps = Pick<HttpDeps, 'publicUrl' | 'core'>;

interface CookieScope {
  name: string;
  path: string;
  securePrefix: 'host' | 'secure';
}

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
  const { name, securePrefix } = scopeOf(kind, basePathOf(deps));
  return isSecure(c, deps) ? getCookie(c, name, securePrefix) : getCookie(c, name);
}

/** Deletes the cookies of a session that its own page has ended. The cookies of other requests belong to another session. */
export function clearSessionCookies(c: Context, deps: CookieDeps): void {
  if (c.req.header('Authorization') !== undefined) return;
  put(c, 'access', deps, '', 0);
  put(c, 'refresh', deps, '', 0);
}

/**
 * The name and path of a cookie, for an app that is mounted at a base path. The name contains that path, because a browser
 * sends the cookies of `/` and `/a` to `/a/b` as well.
 */
function scopeOf(kind: CookieKind, basePath: string): CookieScope {
  const name = `metered_chat_${kind}${escapePath(basePath)}`;
  // Only the route that refreshes a session reads it.
  if (kind === 'refresh') return { name, path: `${basePath}/api/session/`, securePrefix: 'secure' };
  // Browsers accept the prefix `__Host-` only for the root.
  if (basePath === '') return { name, path: '/', securePrefix: 'host' };
  return { name, path: basePath, securePrefix: 'secure' };
}

/** Returns a different string for each path, of characters that the name of a cookie may contain. */
function escapePath(basePath: string): string {
  const escape = (char: string) => `%${char.charCodeAt(0).toString(16)}`;
  return basePath.replace(/[^\w/-]/g, escape).replaceAll('/', '.');
}

function put(c: Context, kind: CookieKind, deps: CookieDeps, secret: string, maxAge: number) {
  const { name, path, securePrefix } = scopeOf(kind, basePathOf(deps));
  setCookie(c, name, secret, {
    path,
    maxAge,
    httpOnly: true,
    sameSite: 'Strict',
    ...(isSecure(c, deps) ? { secure: true, prefix: securePrefix } : {}),
  });
}

function isSecure(c: Context, { publicUrl }: CookieDeps): boolean {
  return [c.req.url, publicUrl].some((url) => url?.startsWith('https:') === true);
}

/** Browsers reject a `Max-Age` of more than 400 days. */
const maxAgeSeconds = 400 * 24 * 60 * 60;

function secondsUntil(date: Date): number {
  return Math.min(maxAgeSeconds, Math.max(0, Math.floor((date.getTime() - Date.now()) / 1000)));
}
