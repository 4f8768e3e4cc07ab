import type { HttpApp } from '../kit/context.js';
import { openApiDocument } from '../kit/openapi/document.js';
import { route } from '../kit/route.js';

/** What the API says of itself. */
export function openApiRoutes(app: HttpApp, basePath: string): void {
  let made: string | undefined;
  route(app, '/api/openapi.json', [], {
    GET: (c) => {
      // Made when somebody first asks, for a server starts often and is asked seldom.
      made ??= JSON.stringify(openApiDocument(basePath));
      return c.body(made, 200, { 'Content-Type': 'application/json' });
    },
  });
}
