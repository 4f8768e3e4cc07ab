import { DomainError } from '../../domain/errors.js';
import type { HttpMiddleware, HttpNeeds } from './context.js';
import { HttpProblem, problemOf } from './problem.js';

/** Lets through who presents an access token, as `Authorization: Token …` or `Authorization: Bearer …` (RFC 6750). */
export function authenticate({ core }: Pick<HttpNeeds, 'core'>): HttpMiddleware {
  return async (c, next) => {
    const header = c.req.header('Authorization');
    if (header === undefined) throw refusal('Authentication is required.', 'Bearer');
    const secret = /^(?:token|bearer) +(\S+) *$/i.exec(header)?.[1];
    if (secret === undefined)
      throw refusal('The Authorization header is malformed.', 'Bearer error="invalid_token"');
    try {
      c.set('caller', await core.auth.authenticate(secret));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'unauthenticated') throw error;
      throw refusal(error.message, 'Bearer error="invalid_token"');
    }
    await next();
  };
}

function refusal(detail: string, challenge: string): HttpProblem {
  const problem = problemOf(new DomainError('unauthenticated', detail));
  return new HttpProblem({ ...problem, headers: { 'WWW-Authenticate': challenge } });
}
