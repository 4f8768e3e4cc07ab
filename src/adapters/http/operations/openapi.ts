import * as v from 'valibot';
import { basePathOf } from '../kit/base-path.js';
import { defineRoute, type Route } from '../kit/define-route.js';
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
      const document = documents.get(basePath) ?? JSON.stringify(openApiDocument(routes(), basePath));
      documents.set(basePath, document);
      return c.body(document, 200, { 'Content-Type': 'application/json' });
    },
  });
}
