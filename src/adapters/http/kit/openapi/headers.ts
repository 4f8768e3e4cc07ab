import { scopeOf, type Route } from '../define-route.js';
import { errorFormatsOf } from '../error-format.js';
import type { HeaderName } from './documentation.js';

const string = { type: 'string' };
const number = { type: 'integer', minimum: 0 };

/** The headers of responses. */
export const headers: Record<HeaderName, { description: string; schema: object }> = {
  'X-Request-Id': {
    description: 'Identifies the request in the log. A valid id that the client sent is kept.',
    schema: string,
  },
  'Request-Id': {
    description: 'The same as `X-Request-Id`, as clients of the Anthropic API read it.',
    schema: string,
  },
  'RateLimit-Limit': { description: 'The number of requests that the limit allows.', schema: number },
  'RateLimit-Remaining': { description: 'The number of requests that are left.', schema: number },
  'RateLimit-Reset': { description: 'Seconds until the limit is reset.', schema: number },
  'Retry-After': { description: 'Seconds after which the client may retry.', schema: number },
  'WWW-Authenticate': {
    description: 'The expected authentication scheme, and what is wrong with the token.',
    schema: string,
  },
  'Idempotent-Replayed': {
    description: 'This is the response to an earlier request with the same key.',
    schema: { type: 'string', const: 'true' },
  },
  'X-Remaining-Tokens': { description: 'The available tokens after this call.', schema: number },
  'X-Should-Retry': {
    description: 'A repeated request would be rejected again.',
    schema: { type: 'string', const: 'false' },
  },
  'X-Vercel-AI-UI-Message-Stream': {
    description: 'The version of the protocol of the AI SDK.',
    schema: { type: 'string', const: 'v1' },
  },
  'Content-Disposition': { description: 'The name of the file.', schema: string },
  'Set-Cookie': {
    description: 'The tokens of the session, if the client asked for cookies.',
    schema: string,
  },
};

const rateLimit = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;

/** Returns whether requests are counted: by the route, or because a service key can call it. */
export function isLimited(route: Route): boolean {
  return route.rateLimit !== undefined || scopeOf(route) !== null;
}

/** Returns the headers of a successful response. */
export function headersOfSuccess(route: Route, own: readonly HeaderName[] = []) {
  return references([
    ...requestIds(route),
    ...(isLimited(route) ? rateLimit : []),
    ...(route.isIdempotent === true ? (['Idempotent-Replayed'] as const) : []),
    ...own,
  ]);
}

/** Returns the headers of a problem. */
export function headersOfProblem(route: Route, status: number) {
  return references([
    ...requestIds(route),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...([409, 429, 503].includes(status) ? (['Retry-After'] as const) : []),
    ...(isLimited(route) ? rateLimit : []),
    ...(route.access === 'program' ? (['X-Should-Retry'] as const) : []),
  ]);
}

function requestIds(route: Route): HeaderName[] {
  return errorFormatsOf(route).includes('anthropic') ? ['X-Request-Id', 'Request-Id'] : ['X-Request-Id'];
}

function references(names: readonly HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
