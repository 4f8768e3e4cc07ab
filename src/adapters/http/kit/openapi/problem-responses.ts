import { openAiCodes, openAiStatus } from '../../openai/openai-error.js';
import { problemStatuses, titles, type ProblemCode } from '../problem.js';
import { headersOfProblem } from './headers.js';
import type { Operation } from './documentation.js';

/** Every answer by which an operation refuses, by its status. */
export function problemResponses(path: string, operation: Operation): Record<string, object> {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(problemsOf(path, operation))) {
    const [status, told] = answeredAs(code, operation);
    byStatus.set(status, [...(byStatus.get(status) ?? []), told]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, problemResponse(operation, status, codes)]),
  );
}

function problemResponse(operation: Operation, status: number, codes: readonly string[]): object {
  const told = `${titles[status] ?? 'Error'}: ${codes.map((code) => `\`${code}\``).join(', ')}`;
  const code = { type: 'string', enum: codes };
  const isLikeOpenAi = operation.access === 'program';
  const narrowed = isLikeOpenAi
    ? [schema('OpenAiError'), object({ error: object({ code }) })]
    : [schema('Problem'), object({ status: { type: 'integer', const: status }, code })];
  return {
    description: told,
    headers: headersOfProblem(operation, status),
    content: {
      [isLikeOpenAi ? 'application/json' : 'application/problem+json']: { schema: { allOf: narrowed } },
    },
  };
}

/** What an operation refuses by what it takes, and what it names itself. */
function problemsOf(path: string, operation: Operation): ProblemCode[] {
  const { access, body, query, isPaged, isIdempotent, isLimited, problems = [] } = operation;
  const takesInput = body !== undefined || query !== undefined || isPaged === true || isIdempotent === true;
  return [
    'malformed_url',
    'body_too_large',
    'internal_error',
    'unavailable',
    ...(access === 'anyone' ? [] : (['unauthenticated'] as const)),
    ...(access === 'admin' ? (['admin_required'] as const) : []),
    ...(takesInput ? (['invalid_input'] as const) : []),
    ...(body === undefined ? [] : (['malformed_body', 'unsupported_media_type'] as const)),
    ...(isLimited === true ? (['rate_limited'] as const) : []),
    ...(isIdempotent === true ? (['idempotency_in_progress', 'idempotency_key_reused'] as const) : []),
    ...(path.includes('{id}') ? (['not_found'] as const) : []),
    ...problems,
  ];
}

function answeredAs(code: ProblemCode, { access }: Operation): [status: number, code: string] {
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
