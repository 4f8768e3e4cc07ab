import type { RaRecord } from 'react-admin';
import type { Page } from '../../api/api-objects.js';
import { fetchJson } from '../api/fetch-json.js';

/** The cursors of each list: `[page - 1]` is the cursor of the page, null for the first page. */
const cursorsByList = new Map<string, (string | null)[]>();
const maxLists = 50;

/**
 * Reads a page of a list by its number. The API pages by cursor, so a page whose cursor is unknown is found by reading
 * the pages before it. A page past the end is empty.
 */
export async function readPage(
  resource: string,
  query: URLSearchParams,
  page: number,
  perPage: number,
): Promise<{ results: RaRecord[]; hasNext: boolean }> {
  const known = cursorsOf(`${resource}?${query}&limit=${perPage}`);
  let reached = Math.min(page, known.length);
  for (;;) {
    const { results, next } = await readFrom(resource, query, known[reached - 1] ?? null, perPage);
    if (next !== null) known[reached] = next;
    else known.length = reached;
    if (reached === page) return { results, hasNext: next !== null };
    if (next === null) return { results: [], hasNext: false };
    reached += 1;
  }
}

async function readFrom(resource: string, query: URLSearchParams, cursor: string | null, perPage: number) {
  const fullQuery = new URLSearchParams(query);
  fullQuery.set('limit', String(perPage));
  if (cursor !== null) fullQuery.set('cursor', cursor);
  return fetchJson<Page<RaRecord>>(`/api/admin/${resource}/?${fullQuery}`);
}

function cursorsOf(list: string): (string | null)[] {
  const known = cursorsByList.get(list) ?? [null];
  // Moves the list to the end, so that the least recently used one is removed first.
  cursorsByList.delete(list);
  cursorsByList.set(list, known);
  const oldest = cursorsByList.keys().next().value;
  if (cursorsByList.size > maxLists && oldest !== undefined) cursorsByList.delete(oldest);
  return known;
}
