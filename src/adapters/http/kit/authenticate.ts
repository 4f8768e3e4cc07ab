import type { Context } from 'hono';
import { DomainError, isDomainError } from '../../../domain/errors.js';
import type { HttpMiddleware, HttpDeps } from './context.js';
import { HttpProblem, problemOf } from './problem.js';
import { cookieSecret } from '../account/session-cookies.js';

/**
 * Lets through who presents an access token, as `Authorization: Token …` or `Authorization: Bearer …` (RFC 6750); and
 * pages of this server that present it in their cookie, where there is no such header.
 */
export function authenticate(deps: Pick<HttpDeps, 'core' | 'publicUrl'>): HttpMiddleware {
  return authenticateBy(deps, (c) => secretOfHeader(c) ?? cookieSecret(c, 'access', deps));
}

/** Lets through who presents an access token in the header, and looks at no cookie. */
export function authenticatePrograms(deps: Pick<HttpDeps, 'core'>): HttpMiddleware {
  return authenticateBy(deps, secretOfHeader);
}

function authenticateBy(
  { core }: Pick<HttpDeps, 'core'>,
  secretOf: (c: Context) => string | undefined,
): HttpMiddleware {
  return async (c, next) => {
    const secret = secretOf(c);
    if (secret === undefined) throw refusal('Authentication is required.', 'Bearer');
    try {
      c.set('caller', await core.auth.authenticate(secret));
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'unauthenticated') throw error;
      throw refusal(error.message, 'Bearer error="invalid_token"');
    }
    await next();
  };
}

function secretOfHeader(c: Context): string | undefined {
  const header = c.req.header('Authorization');
  if (header === undefined) return undefined;
  const secret = /^(?:token|bearer) +(\S+) *$/i.exec(header)?.[1];
  if (secret === undefined)
    throw refusal('The Authorization header is malformed.', 'Bearer error="invalid_token"');
  return secret;
}

function refusal(detail: string, challenge: string): HttpProblem {
  const problem = problemOf(new DomainError('unauthenticated', detail));
  return new HttpProblem({ ...problem, headers: { 'WWW-Authenticate': challenge } });
}
