import { readFile } from 'node:fs/promises';
import type { HttpApp } from '../kit/context.js';
import { sendProblem } from '../kit/send-problem.js';
import { route } from '../kit/route.js';

/** What `npm run build` puts together; the same place from `src` and from `dist`. */
const folder = new URL('../../../../dist/web/api-docs/', import.meta.url);

/** The files of the page, which refer to each other by relative paths. */
const mediaTypes = {
  'index.html': 'text/html; charset=utf-8',
  'initialiser.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};

/** Nothing from elsewhere, and no script that is written into a page; Swagger UI writes styles into its own. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The page on which the API can be read about and tried, with no network but this server. */
export function apiDocsRoutes(app: HttpApp): void {
  for (const [name, mediaType] of Object.entries(mediaTypes)) {
    const isPage = name === 'index.html';
    route(app, isPage ? '/api/docs/' : `/api/docs/${name}`, [], {
      GET: async (c) => {
        // From a path without a slash at its end the page's relative paths would lead nowhere.
        if (isPage && !new URL(c.req.url).pathname.endsWith('/')) return c.redirect('docs/', 308);
        // Read when asked for: a server starts often, and is asked for this seldom.
        const content = await readFile(new URL(name, folder)).catch(() => null);
        if (content === null) {
          const detail = 'This page is there once `npm run build` has run.';
          return sendProblem(c, { status: 404, code: 'not_found', detail });
        }
        return c.body(content, 200, {
          'Content-Type': mediaType,
          'Content-Security-Policy': contentSecurityPolicy,
        });
      },
    });
  }
}
