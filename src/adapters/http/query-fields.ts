import * as v from 'valibot';
import { rangeEnd, rangeStart } from './timestamp.js';

/** A query's field that is one of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `Must be one of ${words.join(', ')}.`);
}

/** An account by its id, username or email. */
export const userReference = v.optional(v.pipe(v.string(), v.nonEmpty('Must not be empty.')));

/** `?from=` and `?to=`. */
export const timeRange = { from: v.optional(rangeStart), to: v.optional(rangeEnd) };
