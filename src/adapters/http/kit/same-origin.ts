import type { Context } from 'hono';
import type { HttpDeps } from './context.js';

/**
 * Returns whether a page of this server made a request; a cookie does not prove that. Browsers send `Sec-Fetch-Site`, but only
 * to servers with TLS. Without it, one of these proves it: `Origin`, which requests that only read lack; `X-Requested-With`,
 * which pages of other origins may not send, because CORS does not allow it; or, for GET only, `Referer`, which a page can omit but
 * not forge.
 *
 * @param publicUrl A URL of this server other than the one that the request was sent to.
 */
export function isSameOrigin(c: Context, publicUrl: string | null): boolean {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  if (c.req.header('Origin') === undefined && c.req.header('X-Requested-With') === 'metered-chat')
    return true;
  const origin = c.req.header('Origin') ?? refererOrigin(c);
  return origin === originOf(c.req.url) || (publicUrl !== null && origin === originOf(publicUrl));
}

/** Returns whether a page of another origin made a request, and none whose origin is allowed. Programs send neither header. */
export function isFromOtherSite(
  c: Context,
  { corsOrigins, publicUrl, core }: Pick<HttpDeps, 'corsOrigins' | 'publicUrl' | 'core'>,
): boolean {
  const origin = c.req.header('Origin');
  if (origin !== undefined && corsOrigins?.includes(origin) === true) return false;
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const own = [c.req.url, core.publicUrl, ...(publicUrl === null ? [] : [publicUrl])];
  return origin !== undefined && !own.some((url) => originOf(url) === origin);
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function refererOrigin(c: Context): string | null {
  const referer = c.req.header('Referer') ?? '';
  return c.req.method === 'GET' && URL.canParse(referer) ? originOf(referer) : null;
}
