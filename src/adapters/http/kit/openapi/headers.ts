import type { HeaderName, Operation } from './documentation.js';

const text = { type: 'string' };
const number = { type: 'integer', minimum: 0 };

/** What answers say in headers. */
export const headers: Record<HeaderName, { description: string; schema: object }> = {
  'X-Request-Id': { description: 'The request in the log; a sane one that came is kept.', schema: text },
  'RateLimit-Limit': { description: 'How many there may be.', schema: number },
  'RateLimit-Remaining': { description: 'How many there may still be.', schema: number },
  'RateLimit-Reset': { description: 'Seconds until the limit starts anew.', schema: number },
  'Retry-After': { description: 'Seconds after which a repeat is worth it.', schema: number },
  'WWW-Authenticate': { description: 'What is asked for, and what is wrong with what came.', schema: text },
  'Idempotent-Replayed': {
    description: 'The answer to an earlier request with this key.',
    schema: { type: 'string', const: 'true' },
  },
  'X-Remaining-Tokens': { description: 'What can be spent after this call.', schema: number },
  'X-Should-Retry': {
    description: 'That the same request would only be refused again.',
    schema: { type: 'string', const: 'false' },
  },
  'Content-Disposition': { description: 'The name of the file.', schema: text },
  'Set-Cookie': { description: 'The secrets of the session, where cookies were asked for.', schema: text },
};

const limits = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;

/** The headers of an answer that succeeds. */
export function headersOfSuccess(operation: Operation, own: readonly HeaderName[] = []) {
  return references([
    'X-Request-Id',
    ...(operation.isLimited === true ? limits : []),
    ...(operation.isIdempotent === true ? (['Idempotent-Replayed'] as const) : []),
    ...own,
  ]);
}

/** The headers of an answer that refuses. */
export function headersOfProblem(operation: Operation, status: number) {
  return references([
    'X-Request-Id',
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...([409, 429, 503].includes(status) ? (['Retry-After'] as const) : []),
    ...(operation.isLimited === true ? limits : []),
    ...(operation.access === 'program' ? (['X-Should-Retry'] as const) : []),
  ]);
}

function references(names: readonly HeaderName[]) {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
