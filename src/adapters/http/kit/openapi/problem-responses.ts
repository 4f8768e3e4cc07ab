import { openAiCodes, openAiStatus } from '../../openai/openai-error.js';
import type { Route } from '../define-route.js';
import { problemStatuses, titles, type ProblemCode } from '../problem.js';
import { headersOfProblem, isLimited } from './headers.js';

/** Returns the responses of a route that are problems, by status. */
export function problemResponses(route: Route): Record<string, object> {
  const byStatus = new Map<number, string[]>();
  for (const problemCode of new Set(problemsOf(route))) {
    const [status, code] = statusAndCode(problemCode, route);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, problemResponse(route, status, codes)]),
  );
}

function problemResponse(route: Route, status: number, codes: readonly string[]): object {
  const code = { type: 'string', enum: codes };
  const isLikeOpenAi = route.access === 'program';
  const narrowed = isLikeOpenAi
    ? [schema('OpenAiError'), object({ error: object({ code }) })]
    : [schema('Problem'), object({ status: { type: 'integer', const: status }, code })];
  return {
    description: `${titles[status] ?? 'Error'}: ${codes.map((each) => `\`${each}\``).join(', ')}`,
    headers: headersOfProblem(route, status),
    content: {
      [isLikeOpenAi ? 'application/json' : 'application/problem+json']: { schema: { allOf: narrowed } },
    },
  };
}

/** Returns the codes that follow from what a route accepts, and those that it declares. */
function problemsOf(route: Route): ProblemCode[] {
  const { access, path, body, query, isIdempotent, problems = [] } = route;
  const acceptsInput = body !== undefined || query !== undefined || isIdempotent === true;
  return [
    'malformed_url',
    'body_too_large',
    'internal_error',
    'unavailable',
    ...(access === 'anyone' ? [] : (['unauthenticated', 'insufficient_scope'] as const)),
    ...(access === 'admin' ? (['admin_required'] as const) : []),
    ...(acceptsInput ? (['invalid_input'] as const) : []),
    ...(body === undefined ? [] : (['malformed_body', 'unsupported_media_type'] as const)),
    ...(isLimited(route) ? (['rate_limited'] as const) : []),
    ...(isIdempotent === true ? (['idempotency_in_progress', 'idempotency_key_reused'] as const) : []),
    ...(path.includes('{id}') ? (['not_found'] as const) : []),
    ...problems,
  ];
}

function statusAndCode(code: ProblemCode, { access }: Route): [status: number, code: string] {
  const status = problemStatuses.get(code);
  if (status === undefined) throw new TypeError(`There is no problem ${code}.`);
  if (access !== 'program') return [status, code];
  return [openAiStatus({ status, code }), openAiCodes[code] ?? code];
}

function schema(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function object(properties: object) {
  return { type: 'object', properties };
}
