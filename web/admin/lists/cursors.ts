import type { RaRecord } from 'react-admin';
import { ask } from '../api/ask.js';

/** What the API answers with. */
interface Page {
  results: RaRecord[];
  next: string | null;
}

/** Where the pages of each list begin: `[page - 1]` is the cursor of the page, null of the first. */
const starts = new Map<string, (string | null)[]>();
const listsKept = 50;

/**
 * Reads a page of a list by its number, though the API only knows what follows what: a page that was not reached yet
 * is reached through those before it. Past the end there is an empty page.
 */
export async function readPage(
  resource: string,
  query: URLSearchParams,
  page: number,
  perPage: number,
): Promise<{ results: RaRecord[]; hasNext: boolean }> {
  const known = startsOf(`${resource}?${query}&limit=${perPage}`);
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
  const asked = new URLSearchParams(query);
  asked.set('limit', String(perPage));
  if (cursor !== null) asked.set('cursor', cursor);
  return ask<Page>(`/api/admin/${resource}/?${asked}`);
}

function startsOf(list: string): (string | null)[] {
  const known = starts.get(list) ?? [null];
  // The one used last is kept longest.
  starts.delete(list);
  starts.set(list, known);
  const oldest = starts.keys().next().value;
  if (starts.size > listsKept && oldest !== undefined) starts.delete(oldest);
  return known;
}
