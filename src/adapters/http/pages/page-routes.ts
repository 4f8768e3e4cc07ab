import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { inAttribute } from '../kit/base-path.js';
import type { HttpApp } from '../kit/context.js';
import type { Coding, PageFile, PageName, Pages } from './pages.js';
import { route } from '../kit/route.js';

const paths: Record<PageName, string> = { chat: '/', admin: '/admin/' };

/** An empty style element, which the admin page makes and its script then fills; a full one has another hash. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Nothing from elsewhere, and nothing that is written into a page. */
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
 * The pages for people, and the files that they name.
 *
 * @param basePath Below which path the browser reaches them; empty for the root, or where that is not known.
 */
export function pageRoutes(app: HttpApp, pages: Pages, basePath: string): void {
  for (const [name, page] of Object.entries(pages.html)) {
    const fileFor = (c: Context) => page(rootFor(c, name as PageName, basePath));
    route(app, paths[name as PageName], [], { GET: answering(fileFor, 'no-cache') });
  }
  for (const [name, file] of pages.assets) {
    route(app, `/assets/${name}`, [], { GET: answering(() => file, 'public, max-age=31536000, immutable') });
  }
}

/** Where the files of a page are, from the path that it was asked by; a mount hides what is before that. */
function rootFor(c: Context, name: PageName, basePath: string): string {
  if (basePath !== '') return `${inAttribute(basePath)}/`;
  return name === 'admin' && new URL(c.req.url).pathname.endsWith('/') ? '../' : './';
}

function answering(
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

/** The smaller of the codings that a client takes; null where it takes none of ours. */
function codingFor(acceptEncoding: string): Coding | null {
  const taken = parseAccept(acceptEncoding).flatMap(({ type, q }) => (q > 0 ? [type.toLowerCase()] : []));
  return (['br', 'gzip'] as const).find((coding) => taken.includes(coding)) ?? null;
}
