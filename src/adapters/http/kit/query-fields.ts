import * as v from 'valibot';
import type { TimeRange } from '../../../ports/record-search.js';
import { rangeEnd, rangeStart } from './timestamp.js';

/** The query of a list that is always whole. */
export const noQuery = v.object({});

/** A query's field that is one of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `Must be one of ${words.join(', ')}.`);
}

/** `?keys=`: whether API keys are removed along with sessions. */
export const keysQuery = v.object({ keys: v.optional(oneOf(['true', 'false'])) });

/** An account by its id, username or email. */
export const userReference = v.optional(v.pipe(v.string(), v.nonEmpty('Must not be empty.')));

/** `?from=` and `?to=`. */
export const timeRange = { from: v.optional(rangeStart), to: v.optional(rangeEnd) };

/** The range of a query with `timeRange`; null where it is open. */
export function rangeOf(asked: { from?: Date | undefined; to?: Date | undefined }): TimeRange {
  return { from: asked.from ?? null, to: asked.to ?? null };
}
