import * as v from 'valibot';
import type { RecordQuery, TimeRange } from '../../../ports/record-search.js';
import { rangeEnd, rangeStart } from './timestamp.js';

/** The query of a list that has no pages. */
export const noQuery = v.object({});

/** Returns the schema of a field with a fixed set of values. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `Must be one of ${words.join(', ')}.`);
}

/** `?keys=`: whether API keys are deleted as well as sessions. */
export const keysQuery = v.object({ keys: v.optional(oneOf(['true', 'false'])) });

/** The id, username or email of an account. */
export const userReference = v.optional(v.pipe(v.string(), v.nonEmpty('Must not be empty.')));

/** `?from=` and `?to=`. */
export const timeRange = { from: v.optional(rangeStart), to: v.optional(rangeEnd) };

/** `?from=`, `?to=` and `?sort=` of records, which are ordered by the time at which they were created. */
export const recordRange = {
  ...timeRange,
  sort: v.optional(oneOf(['created_at', '-created_at']), '-created_at'),
};

/** Returns the range and order of a query with `recordRange`. */
export function recordRangeOf(
  query: Parameters<typeof rangeOf>[0] & { sort: 'created_at' | '-created_at' },
): RecordQuery {
  return { ...rangeOf(query), isAscending: query.sort === 'created_at' };
}

/** Returns the range of a query with `timeRange`; null where it is open. */
export function rangeOf(query: { from?: Date | undefined; to?: Date | undefined }): TimeRange {
  return { from: query.from ?? null, to: query.to ?? null };
}
