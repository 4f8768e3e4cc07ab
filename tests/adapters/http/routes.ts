import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';

/** A UUID that identifies nothing. */
const unknownId = '01900000-0000-7000-8000-000000000000';

/** A path of the API with a trailing slash and values for its parameters, and its methods without HEAD. */
export interface ApiPath {
  path: string;
  methods: string[];
  requiresAuth: boolean;
}

/** Every path of the API. */
export const apiPaths: readonly ApiPath[] = Object.entries(openApiDocument(apiRoutes).paths).map(
  ([path, methods]) => ({
    path: `${path.replace('{name}', 'echo').replaceAll(/\{\w+\}/g, unknownId)}/`.replace('//', '/'),
    methods: Object.keys(methods).map((method) => method.toUpperCase()),
    requiresAuth: Object.values(methods).every(({ security }) => security.length > 0),
  }),
);

export const authenticatedRoutes = apiPaths.flatMap(({ path, methods, requiresAuth }) =>
  requiresAuth ? methods.map((method) => ({ path, method })) : [],
);

export const adminRoutes = authenticatedRoutes.filter(({ path }) => path.startsWith('/api/admin/'));

/** Returns whether errors at a path have an `error`, as in OpenAI's and Anthropic's APIs, instead of problem documents. */
export function isLikeOpenAi(path: string): boolean {
  return /^\/v1(\/|$)/.test(path);
}
