import type { Context } from 'hono';

/**
 * Whether a request was made by a page of this server, which a cookie that comes with it does not show. Browsers say it
 * themselves (`Sec-Fetch-Site`), but not to servers without TLS; there an `Origin` says it, which reading requests lack;
 * `X-Requested-With`, which no page of another origin can add without being let in by CORS, and CORS lets none; or, for
 * links and so for reading only, a `Referer`, which a page can withhold but not make up.
 * `publicUrl` is an origin of ours beside the one that the request was sent to.
 */
export function isSameOrigin(c: Context, publicUrl: string | null): boolean {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  if (c.req.header('Origin') === undefined && c.req.header('X-Requested-With') === 'metered-chat')
    return true;
  const origin = c.req.header('Origin') ?? refererOrigin(c);
  return origin === originOf(c.req.url) || (publicUrl !== null && origin === originOf(publicUrl));
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function refererOrigin(c: Context): string | null {
  const referer = c.req.header('Referer') ?? '';
  return c.req.method === 'GET' && URL.canParse(referer) ? originOf(referer) : null;
}
