import type { Context } from 'hono';
import type { Page, PageRequest } from '../../domain/page.js';
import { invalidInput } from './problem.js';

const defaultLimit = 20;

/** Reads `?limit=` (1 to 100) and `?cursor=` as an earlier answer gave it. */
export function pageRequest(c: Context): PageRequest {
  const limit = c.req.query('limit');
  const cursor = c.req.query('cursor');
  if (limit !== undefined && !/^([1-9]\d?|100)$/.test(limit)) {
    throw invalidInput({ limit: ['Must be a whole number from 1 to 100.'] });
  }
  const before = cursor === undefined ? null : idOf(cursor);
  if (before === undefined) throw invalidInput({ cursor: ['Must be the "next" of an earlier answer.'] });
  return { limit: limit === undefined ? defaultLimit : Number(limit), before };
}

/** A page as the API shows it. */
export function presentPage<Item>(page: Page<Item>, present: (item: Item) => unknown) {
  return { results: page.results.map(present), next: page.next === null ? null : cursorOf(page.next) };
}

function cursorOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function idOf(cursor: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{22}$/.test(cursor)) return undefined;
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
