import type { Context } from 'hono';
import * as v from 'valibot';
import type { FieldErrors } from '../../../domain/errors.js';
import { invalidInput } from './problem.js';
import { fieldErrors } from './read-body.js';

/** What a query may hold: a schema for each name. */
export type QuerySchema = v.GenericSchema & { entries: v.ObjectEntries };

/**
 * Returns the query of a request as `schema` reads it. Throws 400 `invalid_input` that names every fault: a value that
 * does not fit, a name that the schema does not have, and a name that is given twice, since ignoring a filter shows more
 * than was asked for.
 */
export function readQuery<Schema extends QuerySchema>(c: Context, schema: Schema): v.InferOutput<Schema> {
  const given = Object.entries(c.req.queries());
  const parsed = v.safeParse(schema, Object.fromEntries(given.map(([name, [value]]) => [name, value])));
  const known = Object.keys(schema.entries);
  const faults = given.flatMap(([name, values]): [string, string[]][] => {
    if (!known.includes(name)) return [[name, [unknownName(known)]]];
    return values.length > 1 ? [[name, ['Must be given only once.']]] : [];
  });
  if (parsed.success && faults.length === 0) return parsed.output;
  const valueFaults: FieldErrors = parsed.success ? {} : fieldErrors(parsed.issues);
  throw invalidInput(Object.fromEntries([...Object.entries(valueFaults), ...faults]));
}

function unknownName(known: readonly string[]): string {
  return known.length === 0
    ? 'Is not known here: this path takes no query.'
    : `Is not known here: this path takes ${known.join(', ')}.`;
}
