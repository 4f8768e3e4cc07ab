/**
 * Requests at most `limit` items in the order of the list, usually newest first. The page begins after the item whose cursor
 * is `before`; a cursor is usually the id of the item. Null begins at the first item.
 */
export interface PageRequest<Cursor = string> {
  /** 1 to 100. */
  limit: number;
  before: Cursor | null;
}

/** A page of a list. `next` is the `before` of the next page; null on the last one. */
export interface Page<Item, Cursor = string> {
  results: Item[];
  next: Cursor | null;
}

/** Requests a page of a search; with `withTotal` also how many items match. */
export interface SearchPageRequest<Cursor = string> extends PageRequest<Cursor> {
  withTotal?: boolean;
}

/** A page of a search. `total` is how many items match, 10,000 for more; absent if it was not requested. */
export interface SearchPage<Item, Cursor = string> extends Page<Item, Cursor> {
  total?: number;
}

/** The largest total of a search. */
export const maxTotal = 10_000;

/** Reads a page of a search, and counts what matches if that is requested. */
export async function searchPage<Item, Cursor>(
  { withTotal = false, ...page }: SearchPageRequest<Cursor>,
  read: (page: PageRequest<Cursor>) => Promise<Page<Item, Cursor>>,
  count: (most: number) => Promise<number>,
): Promise<SearchPage<Item, Cursor>> {
  const found = await read(page);
  return withTotal ? { ...found, total: await count(maxTotal) } : found;
}

/** Returns a page from at most `limit + 1` rows: the extra row shows that another page follows, without a count. */
export function pageOf<Item extends { id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  return pageBy(rows, limit, ({ id }) => id);
}

/** Returns a page from at most `limit + 1` rows whose cursor is not their id. */
export function pageBy<Item, Cursor>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => Cursor,
): Page<Item, Cursor> {
  const results = rows.slice(0, limit);
  const last = results.at(-1);
  return { results, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

const pageSize = 100;

/** Yields every item of a list, and reads each page when it is required. */
export async function* everyItem<Item, Cursor = string>(
  read: (page: PageRequest<Cursor>) => Promise<Page<Item, Cursor>>,
): AsyncGenerator<Item, void> {
  let before: Cursor | null = null;
  do {
    const { results, next }: Page<Item, Cursor> = await read({ limit: pageSize, before });
    yield* results;
    before = next;
  } while (before !== null);
}
