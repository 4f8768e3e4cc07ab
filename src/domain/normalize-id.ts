import { DomainError } from './errors.js';
import type { PageRequest } from './page.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns an id in the form in which ids are stored. A text that is not a UUID is not the id of any object.
 *
 * @throws DomainError `not_found` if it is not a UUID.
 */
export function normalizeId(id: unknown): string {
  if (typeof id !== 'string' || !uuid.test(id)) {
    throw new DomainError('not_found', 'There is no object with this id.');
  }
  return id.toLowerCase();
}

const idFields = ['userId', 'conversationId', 'exchangeId', 'sessionId', 'keyId', 'capId'];

/**
 * Returns an input with its ids in the form in which ids are stored.
 *
 * @throws DomainError `not_found` if one is not a UUID.
 */
export function normalizeIds<Input extends object>(input: Input): Input {
  const ids = Object.entries(input as Record<string, unknown>).filter(([field]) => idFields.includes(field));
  return { ...input, ...Object.fromEntries(ids.map(([field, id]) => [field, normalizeId(id)])) };
}

/** Returns a page request with its cursor, an id, in the form in which ids are stored. */
export function normalizeCursor(page: PageRequest): PageRequest {
  return page.before === null ? page : { ...page, before: normalizeId(page.before) };
}
