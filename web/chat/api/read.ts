import { unreachable } from '../../api/problem.js';
import { request, type RequestOptions } from '../../api/request.js';

/** Sends a request and reads the JSON of its response. Rejects with a `Problem`. */
export async function read<Body>(path: string, options?: RequestOptions): Promise<Body> {
  const response = await request(path, options);
  try {
    return (await response.json()) as Body;
  } catch {
    throw unreachable();
  }
}

/** Sends a request whose response has no body. Rejects with a `Problem`. */
export async function act(path: string, method: 'POST' | 'DELETE', body?: object): Promise<void> {
  const response = await request(path, { method, ...(body === undefined ? {} : { body }) });
  // The browser aborts a response whose body is not read.
  await response.text().catch(() => undefined);
}

/** The path of a page of a list. */
export function pageOf(path: string, cursor: string | null, limit = 20): string {
  return `${path}?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
}
