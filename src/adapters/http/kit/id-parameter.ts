import type { Context } from 'hono';
import { normalizeId } from '../../../domain/normalize-id.js';

/** Returns an id of the path. Throws `not_found` if it is not a UUID, as for an object that does not exist. */
export function idParameter(c: Context, name = 'id'): string {
  return normalizeId(c.req.param(name));
}
