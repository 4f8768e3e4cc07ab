import type { Context } from 'hono';
import { DomainError } from '../../../domain/errors.js';

/** Returns the names between braces in a path. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Returns whether a parameter is a UUID. */
export function isIdName(name: string): boolean {
  return /^(.+_)?id$/.test(name);
}

/**
 * Returns the values of parameters; ids in lower case.
 *
 * @throws DomainError with `not_found` for an id that is not a UUID, as for an object that does not exist.
 */
export function readParameters(c: Context, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = c.req.param(name) ?? '';
      return [name, isIdName(name) ? normalizeId(value) : value];
    }),
  );
}

function normalizeId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new DomainError('not_found', 'There is no object with this id.');
  }
  return id.toLowerCase();
}

/** Returns a path in the notation of Hono: `/api/keys/:id`. */
export function honoPath(path: string, patterns: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const pattern = patterns[name];
    return pattern === undefined ? `:${name}` : `:${name}{${pattern}}`;
  });
}
