import type { Context } from 'hono';
import { DomainError, isDomainError } from '../../../domain/errors.js';
import type { IdentifiedCaller } from '../../../domain/auth/caller.js';
import type { HttpDeps, HttpEnvironment } from './context.js';
import { HttpProblem, problemOf } from './problem.js';
import { sessionCookie } from './session-cookies.js';

/**
 * Returns the caller that a request authenticates by `Authorization: Token …` or `Authorization: Bearer …` (RFC 6750), or,
 * unless the route is for programs only, by the cookie of a page of this server.
 *
 * @throws HttpProblem with 401 `unauthenticated`.
 */
export async function identifyCaller(
  c: Context<HttpEnvironment>,
  deps: Pick<HttpDeps, 'core' | 'publicUrl'>,
  access: 'account' | 'program' | 'admin',
): Promise<IdentifiedCaller> {
  const secret = secretOfHeader(c) ?? (access === 'program' ? undefined : sessionCookie(c, 'access', deps));
  if (secret === undefined) throw unauthenticated('Authentication is required.', 'Bearer');
  try {
    const caller = await deps.core.auth.identify(secret);
    c.set('caller', caller);
    return caller;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'unauthenticated') throw error;
    throw unauthenticated(error.message, 'Bearer error="invalid_token"');
  }
}

function secretOfHeader(c: Context): string | undefined {
  const header = c.req.header('Authorization');
  if (header === undefined) return undefined;
  const secret = /^(?:token|bearer) +(\S+) *$/i.exec(header)?.[1];
  if (secret === undefined)
    throw unauthenticated('The Authorization header is malformed.', 'Bearer error="invalid_token"');
  return secret;
}

function unauthenticated(detail: string, challenge: string): HttpProblem {
  const problem = problemOf(new DomainError('unauthenticated', detail));
  return new HttpProblem({ ...problem, headers: { 'WWW-Authenticate': challenge } });
}
