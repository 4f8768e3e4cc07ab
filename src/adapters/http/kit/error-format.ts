import type { Context } from 'hono';
import type { Access } from './openapi/documentation.js';

/** The formats of errors: problem documents (RFC 9457), or those of another API. */
export type ErrorFormat = 'problem' | 'openai' | 'anthropic';

/** Returns the format of the error of a request. Clients of Anthropic's API send its version. */
export function errorFormatOf({ req }: Context): ErrorFormat {
  if (!/^\/v1(\/|$)/.test(req.path)) return 'problem';
  return isAnthropicPath(req.path) || req.header('anthropic-version') !== undefined ? 'anthropic' : 'openai';
}

/** Returns the formats of a route's errors. The models have both, by the client. */
export function errorFormatsOf({ access, path }: { access: Access; path: string }): ErrorFormat[] {
  if (access !== 'program') return ['problem'];
  if (isAnthropicPath(path)) return ['anthropic'];
  return path.startsWith('/v1/models') ? ['openai', 'anthropic'] : ['openai'];
}

function isAnthropicPath(path: string): boolean {
  return /^\/v1\/messages(\/|$)/.test(path);
}
