import type { Context } from 'hono';
import * as v from 'valibot';
import type { FieldErrors } from '../../../domain/errors.js';
import { invalidInput } from './problem.js';
import { fieldErrors } from './read-body.js';

/** A schema for each name that a query may have. */
export type QuerySchema = v.GenericSchema & { entries: v.ObjectEntries };

/**
 * Returns the query of a request as a schema returns it.
 *
 * @throws HttpProblem with 400 `invalid_input` that names every invalid value, every name that the schema does not have, and
 * every name that is repeated: a list that ignores a filter shows more than the client asked for.
 */
export function readQuery<Schema extends QuerySchema>(c: Context, schema: Schema): v.InferOutput<Schema> {
  const given = Object.entries(c.req.queries());
  const parsed = v.safeParse(schema, Object.fromEntries(given.map(([name, [value]]) => [name, value])));
  const known = Object.keys(schema.entries);
  const nameErrors = given.flatMap(([name, values]): [string, string[]][] => {
    if (!known.includes(name)) return [[name, [unknownName(known)]]];
    return values.length > 1 ? [[name, ['Must not be repeated.']]] : [];
  });
  if (parsed.success && nameErrors.length === 0) return parsed.output;
  const valueErrors: FieldErrors = parsed.success ? {} : fieldErrors(parsed.issues);
  throw invalidInput(Object.fromEntries([...Object.entries(valueErrors), ...nameErrors]));
}

function unknownName(known: readonly string[]): string {
  return known.length === 0
    ? 'Is not a parameter of this path, which has none.'
    : `Is not a parameter of this path, which has ${known.join(', ')}.`;
}
