import type { Context } from 'hono';
import { normalizeId } from '../../../domain/normalize-id.js';

/** Returns the names between braces in a path. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Returns whether a parameter is a UUID. */
export function isIdName(name: string): boolean {
  return /^(.+_)?id$/.test(name);
}

/** Returns the values of parameters. Throws `not_found` for an id that is no UUID, as for an object that does not exist. */
export function readParameters(c: Context, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = c.req.param(name) ?? '';
      return [name, isIdName(name) ? normalizeId(value) : value];
    }),
  );
}

/** Returns a path as Hono has it: `/api/keys/:id`. */
export function honoPath(path: string, patterns: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const pattern = patterns[name];
    return pattern === undefined ? `:${name}` : `:${name}{${pattern}}`;
  });
}
