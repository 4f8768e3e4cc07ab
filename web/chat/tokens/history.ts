import type { Entry, Page } from '../api/contract.js';

/** The ledger's lines as far as they were read, newest first, and where the older ones begin. */
export interface History {
  entries: readonly Entry[];
  /** Null when there are no older ones. */
  next: string | null;
}

/** The history with its newest page read anew; without what was read before where the two have nothing in common. */
export function withNewest(known: History, newest: Page<Entry>): History {
  const isNew = ({ id }: Entry) => !newest.results.some((entry) => entry.id === id);
  const older = known.entries.filter(isNew);
  if (older.length === known.entries.length) return { entries: newest.results, next: newest.next };
  return { entries: [...newest.results, ...older], next: known.next };
}
