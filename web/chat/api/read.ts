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

/** The path of a page of a list. */
export function pageOf(path: string, cursor: string | null, limit = 20): string {
  return `${path}?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
}
