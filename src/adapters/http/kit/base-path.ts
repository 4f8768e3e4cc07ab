import { getPathNoStrict } from 'hono/utils/url';
import type { HttpDeps } from './context.js';

/** The first segments of the paths that this server has. */
const ownSegments = new Set([
  ...['', 'api', 'v1', 'health', 'metrics', 'admin', 'assets', 'account'],
  ...['sign-in', 'verify-email', 'reset-password', 'cancel-email-change', 'demo-checkout'],
]);

/**
 * Returns the path below which browsers reach the app, such as `/assistant`, percent-encoded and without a slash at its
 * end; empty for the root. It is the path of `publicUrl`: a host or proxy may remove the prefix from requests.
 *
 * @param deps The `publicUrl` of the app, or else that of the core, with which links in mails begin.
 * @throws TypeError if the path contains a semicolon, which no cookie can be limited to.
 */
export function basePathOf({ publicUrl, core }: Pick<HttpDeps, 'publicUrl' | 'core'>): string {
  const url = publicUrl ?? core.publicUrl;
  const known = basePaths.get(url) ?? pathOf(url);
  basePaths.set(url, known);
  return known;
}

/** By `publicUrl`. Each request of a page reads it. */
const basePaths = new Map<string, string>();

function pathOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const path = new URL(url).pathname.replace(/\/+$/, '');
  if (path.includes(';')) throw new TypeError('The path of publicUrl must not contain a semicolon.');
  return path;
}

/**
 * Returns a function that returns the path of a request without a slash at its end, and without the base path if a host or
 * proxy has not removed it.
 *
 * @param basePath As `basePathOf` returns it.
 */
export function pathFinder(basePath: string): (request: Request) => string {
  if (basePath === '') return getPathNoStrict;
  // Decoded in the same way as the paths of requests.
  const base = getPathNoStrict(new Request(`http://localhost${basePath}`));
  const isLikeOwn = ownSegments.has(firstSegment(base));
  return (request) => {
    const path = getPathNoStrict(request);
    if (path !== base && !path.startsWith(`${base}/`)) return path;
    const rest = path.slice(base.length) || '/';
    // If the base path is `/api`, the prefix was removed from `/api/chat`, and `/api/api/chat` still has it.
    return isLikeOwn && !ownSegments.has(firstSegment(rest)) ? path : rest;
  };
}

function firstSegment(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

/** Returns a base path for an attribute in HTML. The URL has escaped all special characters but `&`. */
export function inAttribute(basePath: string): string {
  return basePath.replaceAll('&', '&amp;');
}
