import { readFile } from 'node:fs/promises';
import type { HttpApp } from '../kit/context.js';
import { servePath } from '../kit/serve-path.js';
import { sendProblem } from '../kit/send-problem.js';
import { packageFile } from '../kit/package-file.js';

/** The output of `npm run build`. */
const folder = packageFile('dist/web/api-docs/');

/** The files of the page, which refer to each other by relative paths. */
const mediaTypes = {
  'index.html': 'text/html; charset=utf-8',
  'initialiser.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};

/** Allows only this origin and no inline scripts; Swagger UI writes inline styles. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the interactive API documentation, which loads nothing from other servers. */
export function serveApiDocs(app: HttpApp): void {
  for (const [name, mediaType] of Object.entries(mediaTypes)) {
    const isPage = name === 'index.html';
    servePath(app, isPage ? '/api/docs/' : `/api/docs/${name}`, {
      GET: async (c) => {
        // The page's relative paths require a trailing slash.
        if (isPage && !new URL(c.req.url).pathname.endsWith('/')) return c.redirect('docs/', 308);
        // Read for each request: servers start often, and are rarely asked for this page.
        const content = await readFile(new URL(name, folder)).catch(() => null);
        if (content === null) {
          const detail = 'Run `npm run build` to create this page.';
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
