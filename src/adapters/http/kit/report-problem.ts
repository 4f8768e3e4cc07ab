import { isDomainError } from '../../../domain/errors.js';
import type { Log } from '../../../ports/log.js';
import { hasStatus, isClientDisconnected, isHttpProblem, problemOf, type Problem } from './problem.js';

/** Returns the problem that the client gets for an error, and logs its details. Null if the client has disconnected. */
export function reportProblem(log: Log, error: unknown, requestId: string): Problem | null {
  if (isHttpProblem(error)) return reportOwn(log, error.problem, requestId);
  if (isClientDisconnected(error)) {
    log.debug({ requestId }, 'client disconnected');
    return null;
  }
  if (!isDomainError(error) || !hasStatus(error)) {
    log.error({ requestId, error: describe(error) }, 'internal error');
    const detail = 'An internal error occurred. The log has its details under the request id.';
    return { status: 500, code: 'internal_error', detail, members: { request_id: requestId } };
  }
  const problem = problemOf(error);
  if (problem.status < 500) return problem;
  // An error without a cause has no details, and stacks are expensive when many requests are rejected.
  const facts = error.cause === undefined ? {} : { error: describe(error) };
  log.warn({ requestId, code: error.code, ...facts }, 'request failed');
  return { ...problem, members: { ...problem.members, request_id: requestId } };
}

/** Logs the problems of this adapter that are not the client's mistake. */
function reportOwn(log: Log, problem: Problem, requestId: string): Problem {
  if (problem.status < 500) return problem;
  log.error({ requestId, code: problem.code }, problem.detail);
  return { ...problem, members: { ...problem.members, request_id: requestId } };
}

/** Returns an error and its causes for the log: names, messages and stacks, but not the values that a database driver attaches. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
