import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { time } from '../kit/response-fields.js';
import { invalidInput } from '../kit/problem.js';
import { basePathOf } from '../kit/base-path.js';
import type { HttpDeps } from '../kit/context.js';
import { isSameOrigin } from '../kit/same-origin.js';

/** The two secrets of a session, as cookies that no script reads and no other site's page sends. */
type CookieKind = 'access' | 'refresh';

interface CookiePlace {
  name: string;
  path: string;
  securePrefix: 'host' | 'secure';
}

/**
 * Where a cookie is sent to, by the path that the app is mounted below. Its name has that path, too: a browser sends the
 * cookies of `/` and of `/a` to `/a/b` as well.
 */
function placeOf(kind: CookieKind, basePath: string): CookiePlace {
  const name = `metered_chat_${kind}${nameOfPath(basePath)}`;
  // Only where it is of use.
  if (kind === 'refresh') return { name, path: `${basePath}/api/session/`, securePrefix: 'secure' };
  // Browsers take a cookie with the prefix `__Host-` for the root only.
  if (basePath === '') return { name, path: '/', securePrefix: 'host' };
  return { name, path: basePath, securePrefix: 'secure' };
}

/** Different for different paths, and made of characters that the name of a cookie can have. */
function nameOfPath(basePath: string): string {
  const escape = (char: string) => `%${char.charCodeAt(0).toString(16)}`;
  return basePath.replace(/[^\w/-]/g, escape).replaceAll('/', '.');
}

/** The longest that browsers keep a cookie, and as long as may be asked for. */
const longestSeconds = 400 * 24 * 60 * 60;

type CookieDeps = Pick<HttpDeps, 'publicUrl' | 'core'>;

/** `cookie` in a body that asks for a session. */
export const cookieWish = v.nullish(v.boolean('Must be true or false.'));

/** The secrets are left out where they go into cookies. */
export const openedSessionResponse = v.object({
  token: v.optional(v.string()),
  expires_at: time,
  refresh_token: v.optional(v.string()),
  refresh_expires_at: time,
});

/** Refuses a wish for cookies by anything but a page of this server, before anything is done about it. */
export function refuseForeignWish(c: Context, wish: boolean | null | undefined, deps: CookieDeps): void {
  if (wish === true && !isSameOrigin(c, deps.publicUrl))
    throw invalidInput({ cookie: ['Is for pages of this server; leave it out to get the tokens.'] });
}

/**
 * A session as its answer tells it: when its secrets end, and the secrets themselves unless they go into cookies.
 * Cookies are HttpOnly, SameSite=Strict, Secure where the server is reached by TLS, and live as long as their secrets.
 */
export function presentOpenedSession(
  c: Context,
  session: OpenedSession,
  deps: CookieDeps & { inCookies: boolean },
): v.InferOutput<typeof openedSessionResponse> {
  const expiresAt = session.accessExpiresAt.toISOString();
  const refreshExpiresAt = session.refreshExpiresAt.toISOString();
  if (deps.inCookies) {
    put(c, 'access', deps, session.accessSecret, secondsUntil(session.accessExpiresAt));
    put(c, 'refresh', deps, session.refreshSecret, secondsUntil(session.refreshExpiresAt));
    return { expires_at: expiresAt, refresh_expires_at: refreshExpiresAt };
  }
  return {
    token: session.accessSecret,
    expires_at: expiresAt,
    refresh_token: session.refreshSecret,
    refresh_expires_at: refreshExpiresAt,
  };
}

/** The secret in a cookie; undefined where there is none, or the request is not shown to come from a page of this server. */
export function cookieSecret(c: Context, kind: CookieKind, deps: CookieDeps): string | undefined {
  if (!isSameOrigin(c, deps.publicUrl)) return undefined;
  const { name, securePrefix } = placeOf(kind, basePathOf(deps));
  return isSecure(c, deps) ? getCookie(c, name, securePrefix) : getCookie(c, name);
}

/** Takes back the cookies of a session that its own page has ended; one that ended by a header is none of theirs. */
export function clearCookies(c: Context, deps: CookieDeps): void {
  if (c.req.header('Authorization') !== undefined) return;
  put(c, 'access', deps, '', 0);
  put(c, 'refresh', deps, '', 0);
}

function put(c: Context, kind: CookieKind, deps: CookieDeps, secret: string, maxAge: number) {
  const { name, path, securePrefix } = placeOf(kind, basePathOf(deps));
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

function secondsUntil(date: Date): number {
  return Math.min(longestSeconds, Math.max(0, Math.floor((date.getTime() - Date.now()) / 1000)));
}
