import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { inAttribute } from '../kit/base-path.js';
import type { HttpApp } from '../kit/context.js';
import type { Coding, PageFile, PageName, Pages } from './pages.js';
import { servePath } from '../kit/serve-path.js';

const paths: Record<PageName, string> = { chat: '/', admin: '/admin/' };

/** Where providers send the browser after a sign-in: the chat page, which finishes it. */
const callbackPath = '/sign-in/callback/:provider';

/** The hash of an empty style element, which the script of the admin page creates and fills. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Allows only this origin, and no inline scripts or styles. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${emptyStyle}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves the chat page, the admin page and their assets.
 *
 * @param basePath The path at which browsers reach the app; empty for the root, or if it is unknown.
 */
export function servePages(app: HttpApp, pages: Pages, basePath: string): void {
  for (const [name, page] of Object.entries(pages.html)) {
    const fileFor = (c: Context) => page(rootFor(c, name as PageName, basePath));
    servePath(app, paths[name as PageName], { GET: sendFile(fileFor, 'no-cache') });
  }
  const callbackRoot = basePath === '' ? '../../' : `${inAttribute(basePath)}/`;
  servePath(app, callbackPath, { GET: sendFile(() => pages.html.chat(callbackRoot), 'no-cache') });
  for (const [name, file] of pages.assets) {
    servePath(app, `/assets/${name}`, { GET: sendFile(() => file, 'public, max-age=31536000, immutable') });
  }
}

/** Returns the prefix of asset paths in a page. Without a base path it is relative to the requested path. */
function rootFor(c: Context, name: PageName, basePath: string): string {
  if (basePath !== '') return `${inAttribute(basePath)}/`;
  return name === 'admin' && new URL(c.req.url).pathname.endsWith('/') ? '../' : './';
}

function sendFile(
  fileFor: (c: Context) => PageFile,
  cacheControl: string,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const file = fileFor(c);
    const coding = codingFor(c.req.header('Accept-Encoding') ?? '');
    return c.body(await file.inCoding(coding), 200, {
      'Content-Type': file.mediaType,
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': cacheControl,
      Vary: 'Accept-Encoding',
      ...(coding === null ? {} : { 'Content-Encoding': coding }),
    });
  };
}

/** Returns the smallest coding that a client accepts; null if it accepts neither. */
function codingFor(acceptEncoding: string): Coding | null {
  const accepted = parseAccept(acceptEncoding).flatMap(({ type, q }) => (q > 0 ? [type.toLowerCase()] : []));
  return (['br', 'gzip'] as const).find((coding) => accepted.includes(coding)) ?? null;
}
