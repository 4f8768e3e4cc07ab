import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { basePathOf } from './base-path.js';
import type { HttpDeps } from './context.js';

export type CookieDeps = Pick<HttpDeps, 'publicUrl' | 'core'>;

/** A cookie of an app that is mounted at a base path. */
export interface BrowserCookie {
  name: string;
  path: string;
  securePrefix: 'host' | 'secure';
}

/**
 * Returns the name of a cookie. It contains the base path, because a browser sends the cookies of `/` and `/a` to `/a/b` as
 * well.
 */
export function cookieName(kind: string, basePath: string): string {
  return `metered_chat_${kind}${escapePath(basePath)}`;
}

/** Returns a different string for each path, of characters that the name of a cookie may contain. */
function escapePath(basePath: string): string {
  const escape = (char: string) => `%${char.charCodeAt(0).toString(16)}`;
  return basePath.replace(/[^\w/-]/g, escape).replaceAll('/', '.');
}

/** Sets a cookie that is HttpOnly, SameSite=Strict, and Secure if the server is reached by TLS. */
export function putCookie(
  c: Context,
  { name, path, securePrefix }: BrowserCookie,
  deps: CookieDeps,
  { value, maxAge }: { value: string; maxAge: number },
): void {
  setCookie(c, name, value, {
    path,
    maxAge,
    httpOnly: true,
    sameSite: 'Strict',
    ...(isSecure(c, deps) ? { secure: true, prefix: securePrefix } : {}),
  });
}

/** Returns the value of a cookie; undefined if there is none. */
export function readCookie(
  c: Context,
  { name, securePrefix }: BrowserCookie,
  deps: CookieDeps,
): string | undefined {
  return isSecure(c, deps) ? getCookie(c, name, securePrefix) : getCookie(c, name);
}

function isSecure(c: Context, { publicUrl }: CookieDeps): boolean {
  return [c.req.url, publicUrl].some((url) => url?.startsWith('https:') === true);
}

/** Returns a cookie for one path of the API, such as `/api/logout/`. */
export function apiCookie(kind: string, path: string, deps: CookieDeps): BrowserCookie {
  const basePath = basePathOf(deps);
  return { name: cookieName(kind, basePath), path: basePath + path, securePrefix: 'secure' };
}
