import type { RaRecord } from 'react-admin';
import type { Page } from '../../api/api-objects.js';
import { fetchJson } from '../api/fetch-json.js';

interface KnownList {
  /** `[page - 1]` is the cursor of the page, null for the first page. */
  cursors: (string | null)[];
  /** How many records match, as last read with the first page; null if it is unknown. */
  total: number | null;
}

const knownLists = new Map<string, KnownList>();
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
): Promise<{ results: RaRecord[]; hasNext: boolean; total: number | null }> {
  const list = listOf(`${resource}?${query}&limit=${perPage}`);
  const { cursors: known } = list;
  let reached = Math.min(page, known.length);
  for (;;) {
    const { results, next, total } = await readFrom(resource, query, known[reached - 1] ?? null, perPage);
    if (total !== undefined) list.total = total;
    if (next !== null) known[reached] = next;
    else known.length = reached;
    if (reached === page) return { results, hasNext: next !== null, total: list.total };
    if (next === null) return { results: [], hasNext: false, total: list.total };
    reached += 1;
  }
}

async function readFrom(resource: string, query: URLSearchParams, cursor: string | null, perPage: number) {
  const fullQuery = new URLSearchParams(query);
  fullQuery.set('limit', String(perPage));
  if (cursor !== null) fullQuery.set('cursor', cursor);
  return fetchJson<Page<RaRecord> & { total?: number }>(`/api/admin/${resource}/?${fullQuery}`);
}

function listOf(list: string): KnownList {
  const known = knownLists.get(list) ?? { cursors: [null], total: null };
  // Moves the list to the end, so that the least recently used one is removed first.
  knownLists.delete(list);
  knownLists.set(list, known);
  const oldest = knownLists.keys().next().value;
  if (knownLists.size > maxLists && oldest !== undefined) knownLists.delete(oldest);
  return known;
}
