/** Asks for at most `limit` items, newest first, older than the item whose id is `before`. */
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
  const results = rows.slice(0, limit);
  return { results, next: rows.length > limit ? (results.at(-1)?.id ?? null) : null };
}
