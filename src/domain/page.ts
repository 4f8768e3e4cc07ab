/**
 * Asks for at most `limit` items in the order of their list, mostly newest first, from behind the item whose cursor is
 * `before`: mostly its id.
 */
export interface PageRequest<Cursor = string> {
  /** 1 to 100. */
  limit: number;
  before: Cursor | null;
}

/** `next` is the `before` of the page that follows, or null on the last one. */
export interface Page<Item, Cursor = string> {
  results: Item[];
  next: Cursor | null;
}

/** Cuts `limit + 1` rows that were read into a page, so that the last page is known without a count. */
export function pageOf<Item extends { id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  return pageBy(rows, limit, ({ id }) => id);
}

/** The same for rows that are not in the order of their ids. */
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

/** Every item of a list, read page by page as it is asked for. */
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
