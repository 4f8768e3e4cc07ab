import type { Entry, Page } from '../../api/api-objects.js';

/** The ledger entries that were read, newest first, and the cursor of the following page. */
export interface EntryHistory {
  entries: readonly Entry[];
  /** Null if there are no older entries. */
  next: string | null;
}

/** Merges the newest page into the history. If they have no entry in common, the history is replaced, as entries may be missing. */
export function mergeNewestPage(known: EntryHistory, newest: Page<Entry>): EntryHistory {
  const isNew = ({ id }: Entry) => !newest.results.some((entry) => entry.id === id);
  const older = known.entries.filter(isNew);
  if (older.length === known.entries.length) return { entries: newest.results, next: newest.next };
  return { entries: [...newest.results, ...older], next: known.next };
}
