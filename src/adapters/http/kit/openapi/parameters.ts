import type * as v from 'valibot';
import { listFormats } from '../send-list.js';
import { maxIdempotencyKeyChars } from '../../../../domain/chat/exchange.js';
import { defaultLimit, maxLimit } from '../paging.js';
import type { Operation } from './operation.js';
import type { JsonSchema } from './schemas.js';

const paging = [
  {
    name: 'limit',
    in: 'query',
    description: 'How many there are on a page.',
    schema: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'The `next` of an earlier answer.',
    schema: { type: 'string' },
  },
];

const format = {
  name: 'format',
  in: 'query',
  description: 'The same as `Accept`, for links; it goes before `Accept`.',
  schema: { type: 'string', enum: listFormats },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A repeated request with the same key is done once, and answered alike. 1 to 255 printable ASCII characters, kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: maxIdempotencyKeyChars, pattern: '^[ -~]+$' },
};

/** What of a path, its query and its headers an operation takes. */
export function parametersOf(
  path: string,
  operation: Operation,
  schemaOf: (schema: v.GenericSchema) => JsonSchema,
): object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: /^(.+_)?id$/.test(name) ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }));
  const filters = Object.entries(operation.query?.entries ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: schemaOf(schema),
  }));
  return [
    ...inPath,
    ...filters,
    ...(operation.isPaged === true ? paging : []),
    ...(isAlsoTable(operation) ? [format] : []),
    ...(operation.isIdempotent === true ? [idempotencyKey] : []),
  ];
}

function isAlsoTable({ responses }: Operation): boolean {
  return Object.values(responses).some(({ csvExample }) => csvExample !== undefined);
}
