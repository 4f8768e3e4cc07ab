import type * as v from 'valibot';
import { maxIdempotencyKeyChars } from '../../../../domain/chat/exchange.js';
import type { Route } from '../define-route.js';
import { defaultLimit, maxLimit, pagingQuery } from '../paging.js';
import { isIdName, parameterNames } from '../path-parameters.js';
import { listFormats, tableQuery } from '../send-list.js';
import type { JsonSchema } from './schemas.js';

/** Query parameters that every list documents in the same way, by the schemas that validate them. */
const listParameters = new Map<v.GenericSchema, object>([
  [
    pagingQuery.entries.limit,
    {
      name: 'limit',
      in: 'query',
      description: 'The number of items on a page.',
      schema: { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit },
    },
  ],
  [
    pagingQuery.entries.cursor,
    {
      name: 'cursor',
      in: 'query',
      description: 'The `next` of an earlier page.',
      schema: { type: 'string' },
    },
  ],
  [
    tableQuery.entries.format,
    {
      name: 'format',
      in: 'query',
      description: 'The same as `Accept`, which it overrides, for links.',
      schema: { type: 'string', enum: listFormats },
    },
  ],
]);

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: maxIdempotencyKeyChars, pattern: '^[ -~]+$' },
};

/** Returns the parameters of a route: in its path, query and headers. */
export function parametersOf(
  { path, query, isIdempotent }: Route,
  schemaOf: (schema: v.GenericSchema) => JsonSchema,
): object[] {
  const inPath = parameterNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: isIdName(name) ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }));
  const inQuery = Object.entries(query?.entries ?? {}).map(
    ([name, schema]) => listParameters.get(schema) ?? { name, in: 'query', schema: schemaOf(schema) },
  );
  return [...inPath, ...inQuery, ...(isIdempotent === true ? [idempotencyKey] : [])];
}
