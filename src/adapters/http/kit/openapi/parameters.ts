import type * as v from 'valibot';
import { listFormats, tableQuery } from '../send-list.js';
import { isIdName, parameterNames } from '../path-parameters.js';
import { maxIdempotencyKeyChars } from '../../../../domain/chat/exchange.js';
import { defaultLimit, maxLimit, pagingQuery } from '../paging.js';
import type { Operation } from './documentation.js';
import type { JsonSchema } from './schemas.js';

const paging: [object, object] = [
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

/** Parameters of queries with a documentation of their own, by the schemas that validate them. */
const described = new Map<v.GenericSchema, object>([
  [pagingQuery.entries.limit, paging[0]],
  [pagingQuery.entries.cursor, paging[1]],
  [tableQuery.entries.format, format],
]);

/** What of a path, its query and its headers an operation takes. */
export function parametersOf(
  path: string,
  operation: Operation,
  schemaOf: (schema: v.GenericSchema) => JsonSchema,
): object[] {
  const inPath = parameterNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: isIdName(name) ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }));
  const filters = Object.entries(operation.query?.entries ?? {}).map(
    ([name, schema]) =>
      described.get(schema) ?? {
        name,
        in: 'query',
        schema: schemaOf(schema),
      },
  );
  return [
    ...inPath,
    ...filters,
    ...(operation.isPaged === true ? paging : []),
    ...(isAlsoTable(operation) && !filters.includes(format) ? [format] : []),
    ...(operation.isIdempotent === true ? [idempotencyKey] : []),
  ];
}

function isAlsoTable({ responses }: Operation): boolean {
  return Object.values(responses).some(({ csvExample }) => csvExample !== undefined);
}
