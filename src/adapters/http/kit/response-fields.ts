import * as v from 'valibot';
import { namedSchema } from './openapi/named-schema.js';

/** A UUIDv7. */
export const id = v.pipe(v.string(), v.uuid());

/** A time in UTC (RFC 3339). */
export const time = v.pipe(v.string(), v.isoTimestamp());

/** A day in UTC. */
export const day = v.pipe(v.string(), v.isoDate());

/** A whole number that may be negative. */
export const whole = v.pipe(v.number(), v.integer());

/** A whole number that is not negative. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Returns the schema of a page of a list. `next` is the cursor of the next page, null on the last one. */
export function pageOf<Item extends v.GenericSchema>(item: Item) {
  return v.object({ results: v.array(item), next: v.nullable(v.string()) });
}

/** Returns the documented response of a list in pages. */
export function pageResponses(item: v.GenericSchema) {
  return { 200: { description: 'A page, newest first.', json: pageOf(item) } };
}

/** Returns the schema of a list that has no pages. */
export function wholeListOf<Item extends v.GenericSchema>(item: Item) {
  return v.object({ results: v.array(item), next: v.null() });
}

/** A sentence for people. */
export const messageResponse = namedSchema('Message', v.object({ message: v.string() }));
