import type { Context } from 'hono';
import type { Access } from './openapi/documentation.js';

/** The formats of errors: problem documents (RFC 9457), or those of another API. */
export type ErrorFormat = 'problem' | 'openai' | 'anthropic';

/**
 * Returns the format of the error of a request. Where a path belongs to no API alone, the header decides that Anthropic's
 * clients send.
 */
export function errorFormatOf({ req }: Context): ErrorFormat {
  if (!/^\/v1(\/|$)/.test(req.path)) return 'problem';
  const format = formatOfPath(req.path);
  if (format !== null) return format;
  return req.header('anthropic-version') === undefined ? 'openai' : 'anthropic';
}

/** Returns the formats of a route's errors. The models have both. */
export function errorFormatsOf({ access, path }: { access: Access; path: string }): ErrorFormat[] {
  if (access !== 'program') return ['problem'];
  const format = formatOfPath(path);
  return format === null ? ['openai', 'anthropic'] : [format];
}

/** Returns the format of a path below `/v1` that belongs to one API; null for the models and unknown paths. */
function formatOfPath(path: string): ErrorFormat | null {
  const [, feature] = /^\/v1\/(messages|chat|responses)(\/|$)/.exec(path) ?? [];
  if (feature === undefined) return null;
  return feature === 'messages' ? 'anthropic' : 'openai';
}
