import * as v from 'valibot';
import { namedSchema } from './openapi/named-schema.js';

/** The id of anything: a UUIDv7. */
export const id = v.pipe(v.string(), v.uuid());

/** A time of UTC as the API writes it (RFC 3339). */
export const time = v.pipe(v.string(), v.isoTimestamp());

/** A day of UTC. */
export const day = v.pipe(v.string(), v.isoDate());

/** A whole number, negative where a sign makes sense. */
export const whole = v.pipe(v.number(), v.integer());

/** How many there are of something. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A page of a list; `next` is the cursor of the following page, null on the last one. */
export function pageOf<Item extends v.GenericSchema>(item: Item) {
  return v.object({ results: v.array(item), next: v.nullable(v.string()) });
}

/** A list that is always whole. */
export function wholeListOf<Item extends v.GenericSchema>(item: Item) {
  return v.object({ results: v.array(item), next: v.null() });
}

/** A sentence for people. */
export const messageResponse = namedSchema('Message', v.object({ message: v.string() }));
