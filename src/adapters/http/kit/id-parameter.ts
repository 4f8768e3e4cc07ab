import type { Context } from 'hono';
import { DomainError } from '../../../domain/errors.js';

/** An id in the path. What is no UUID is the id of nothing: 404, as for an object that does not exist. */
export function idParameter(c: Context, name = 'id'): string {
  return requireId(c.req.param(name) ?? '');
}

/** Returns an id in lower case. Throws `not_found` if it is no UUID. */
export function requireId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new DomainError('not_found', 'There is nothing of this id.');
  }
  return id.toLowerCase();
}
