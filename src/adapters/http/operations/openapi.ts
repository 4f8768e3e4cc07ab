import * as v from 'valibot';
import { basePathOf } from '../kit/base-path.js';
import { defineRoute, type Route } from '../kit/define-route.js';
import type { HttpDeps } from '../kit/context.js';
import { isOfHost } from '../kit/register-routes.js';
import { openApiDocument } from '../kit/openapi/document.js';

/**
 * The OpenAPI document.
 *
 * @param routes Returns all routes, this one included.
 */
export function openApiRoute(routes: () => readonly Route[]): Route {
  // Written when it is first requested: servers start often and are seldom asked for it.
  const documents = new Map<string, string>();
  return defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    id: 'readDocument',
    tag: 'Operations',
    summary: 'This document',
    access: 'anyone',
    responses: { 200: { description: 'OpenAPI 3.1.', json: v.record(v.string(), v.unknown()) } },
    handler: ({ c, deps }) => {
      const basePath = basePathOf(deps);
      const key = `${deps.identify === null ? 'tokens' : 'host'} ${basePath}`;
      const document =
        documents.get(key) ?? JSON.stringify(openApiDocument(described(routes(), deps), basePath));
      documents.set(key, document);
      return c.body(document, 200, { 'Content-Type': 'application/json' });
    },
  });
}

/** All routes, also those that another setting would serve; without those that the host program has in its own way. */
function described(routes: readonly Route[], deps: HttpDeps): readonly Route[] {
  return routes.filter((route) => !isOfHost(route, deps));
}
