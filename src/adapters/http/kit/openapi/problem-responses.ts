import { openAiCodes, openAiStatus } from '../../openai/openai-error.js';
import type { Route } from '../define-route.js';
import { errorFormatsOf, type ErrorFormat } from '../error-format.js';
import { problemStatuses, titles, type ProblemCode } from '../problem.js';
import { headersOfProblem, isLimited } from './headers.js';

/** Returns the responses of a route that are problems, by status. */
export function problemResponses(route: Route): Record<string, object> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(problemsOf(route))) {
    const status = statusOf(code, route);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, problemResponse(route, status, codes)]),
  );
}

/** Returns the codes of a problem that a route responds with, by its formats. */
export function presentedCodes(code: ProblemCode, route: Route): string[] {
  return errorFormatsOf(route).map((format) => presentedCode(code, format));
}

function presentedCode(code: ProblemCode, format: ErrorFormat): string {
  return format === 'openai' ? (openAiCodes[code] ?? code) : code;
}

function problemResponse(route: Route, status: number, codes: readonly ProblemCode[]): object {
  const shown = new Set(codes.flatMap((code) => presentedCodes(code, route)));
  const schemas = errorFormatsOf(route).map((format) => errorSchema(format, status, codes));
  const mediaType = route.access === 'program' ? 'application/json' : 'application/problem+json';
  return {
    description: `${titles[status] ?? 'Error'}: ${[...shown].map((code) => `\`${code}\``).join(', ')}`,
    headers: headersOfProblem(route, status),
    content: { [mediaType]: { schema: schemas.length === 1 ? schemas[0] : { anyOf: schemas } } },
  };
}

function errorSchema(format: ErrorFormat, status: number, codes: readonly ProblemCode[]): object {
  const code = { type: 'string', enum: codes.map((each) => presentedCode(each, format)) };
  switch (format) {
    case 'problem':
      return {
        allOf: [schema('Problem'), object({ status: { type: 'integer', const: status }, code })],
      };
    case 'openai':
      return { allOf: [schema('OpenAiError'), object({ error: object({ code }) })] };
    case 'anthropic':
      return { allOf: [schema('AnthropicError'), object({ error: object({ code }) })] };
  }
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

function statusOf(code: ProblemCode, { access }: Route): number {
  const status = problemStatuses.get(code);
  if (status === undefined) throw new TypeError(`There is no problem ${code}.`);
  return access === 'program' ? openAiStatus({ status, code }) : status;
}

function schema(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function object(properties: object) {
  return { type: 'object', properties };
}
