import type { Page } from '../../api/api-objects.js';

/** The items of a list that were read, newest first, and the cursor of the following page. */
export interface PagedItems<Item> {
  items: readonly Item[];
  /** Null if there are no older items. */
  next: string | null;
}

/** Merges the newest page into the list. If they have no item in common, the list is replaced, as items may be missing. */
export function mergeNewestPage<Item extends { id: string }>(
  known: PagedItems<Item>,
  newest: Page<Item>,
): PagedItems<Item> {
  const isOlder = ({ id }: Item) => !newest.results.some((item) => item.id === id);
  const older = known.items.filter(isOlder);
  if (older.length === known.items.length) return { items: newest.results, next: newest.next };
  return { items: [...newest.results, ...older], next: known.next };
}
