import { getPathNoStrict } from 'hono/utils/url';
import type { HttpDeps } from './context.js';

/** The first segments of this server's own paths. */
const ownSegments = new Set([
  ...['', 'api', 'v1', 'health', 'metrics', 'admin', 'assets', 'account'],
  ...['verify-email', 'reset-password', 'cancel-email-change'],
]);

/**
 * Returns the path below which the browser reaches the app, such as `/assistant`, percent-encoded and without a slash at
 * its end; empty for the root. It is the path of `publicUrl`, since a host or proxy that takes the prefix off hides it.
 *
 * @param needs The app's `publicUrl`, or else that of the core, by which links in mails begin.
 * @throws TypeError if the path contains a semicolon, which no cookie can be limited to.
 */
export function basePathOf({ publicUrl, core }: Pick<HttpDeps, 'publicUrl' | 'core'>): string {
  const url = publicUrl ?? core.publicUrl;
  const known = basePaths.get(url) ?? pathOf(url);
  basePaths.set(url, known);
  return known;
}

/** By URL, of which an app has one; it is asked for by each request of a page. */
const basePaths = new Map<string, string>();

function pathOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const path = new URL(url).pathname.replace(/\/+$/, '');
  if (path.includes(';')) throw new TypeError('The path of publicUrl must not contain a semicolon.');
  return path;
}

/**
 * Returns how the app finds the path of a request: without the base path, if a host or proxy has left it there, and
 * without a slash at its end.
 *
 * @param basePath As `basePathOf` returns it.
 */
export function pathFinder(basePath: string): (request: Request) => string {
  if (basePath === '') return getPathNoStrict;
  // Decoded in the same way as the paths that it is compared with.
  const base = getPathNoStrict(new Request(`http://localhost${basePath}`));
  const isLikeOwn = ownSegments.has(firstSegment(base));
  return (request) => {
    const path = getPathNoStrict(request);
    if (path !== base && !path.startsWith(`${base}/`)) return path;
    const rest = path.slice(base.length) || '/';
    // Below `/api`, say, `/api/chat` is a path whose prefix was taken off, and `/api/api/chat` is one that has it.
    return isLikeOwn && !ownSegments.has(firstSegment(rest)) ? path : rest;
  };
}

function firstSegment(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

/** Returns a base path as it is written into an attribute of HTML; the URL has escaped all but one character. */
export function inAttribute(basePath: string): string {
  return basePath.replaceAll('&', '&amp;');
}
