/** Asks for at most `limit` items, newest first, older than the item whose cursor is `before`: mostly its id. */
export interface PageRequest {
  /** 1 to 100. */
  limit: number;
  before: string | null;
}

/** `next` is the `before` of the page that follows, or null on the last one. */
export interface Page<Item> {
  results: Item[];
  next: string | null;
}

/** Cuts `limit + 1` rows that were read into a page, so that the last page is known without a count. */
export function pageOf<Item extends { id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  return pageBy(rows, limit, ({ id }) => id);
}

/** The same for rows that are not in the order of their ids. */
export function pageBy<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const results = rows.slice(0, limit);
  const last = results.at(-1);
  return { results, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
