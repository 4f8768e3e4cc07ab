import { DomainError } from './errors.js';
import type { PageRequest } from './page.js';

const replacement = '\uFFFD';
const unstorable = /[\0\uD800-\uDFFF]/;
const everyUnstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Returns why a text cannot be stored and read back unchanged; null if it can. Databases store neither NUL nor lone
 * surrogates, and PGlite drops a leading U+FEFF.
 */
export function unstorableReason(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the NUL character';
  if (loneSurrogate.test(text)) return 'must not contain lone surrogates';
  if (text.startsWith('\uFEFF')) return 'must not begin with U+FEFF';
  return null;
}

/**
 * Returns the text with U+FFFD in place of each character that a database cannot store: NUL, lone surrogates and, if
 * `isBeginning`, a leading U+FEFF.
 */
export function storableText(text: string, isBeginning: boolean): string {
  const storable = unstorable.test(text) ? text.replace(everyUnstorable, replacement) : text;
  return isBeginning && storable.startsWith('\uFEFF') ? replacement + storable.slice(1) : storable;
}

/** Returns the length of a text in Unicode code points. */
export function codePointCount(text: string): number {
  const surrogatePairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  return text.length - surrogatePairs;
}

/** Returns true if a text consists of Unicode white space only, or is empty. */
export function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns whether a text is a UUID. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

/**
 * Returns an id in the form in which ids are stored. A text that is not a UUID is not the id of any object.
 *
 * @throws DomainError `not_found` if it is not a UUID.
 */
export function normalizeId(id: unknown): string {
  if (typeof id !== 'string' || !uuidForm.test(id)) {
    throw new DomainError('not_found', 'There is no object with this id.');
  }
  return id.toLowerCase();
}

const idFields = [
  'eventId',
  'orderId',
  'userId',
  'conversationId',
  'exchangeId',
  'sessionId',
  'keyId',
  'identityId',
  'passkeyId',
  'capId',
  'webhookId',
  'deliveryId',
];

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
export function normalizeCursor<Request extends PageRequest>(page: Request): Request {
  return page.before === null ? page : { ...page, before: normalizeId(page.before) };
}
