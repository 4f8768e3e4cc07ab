import { isDomainError } from '../../../domain/errors.js';
import type { Log } from '../../../ports/log.js';
import { hasStatus, isClientDisconnected, isHttpProblem, problemOf, type Problem } from './problem.js';

/** What the client is told of an error; the log is told the rest. Null when the client is gone. */
export function reportProblem(log: Log, error: unknown, requestId: string): Problem | null {
  if (isHttpProblem(error)) return reportOwn(log, error.problem, requestId);
  if (isClientDisconnected(error)) {
    log.debug({ requestId }, 'the client left');
    return null;
  }
  if (!isDomainError(error) || !hasStatus(error)) {
    log.error({ requestId, error: describe(error) }, 'internal error');
    const detail = 'Something went wrong here; the request id finds it in the log.';
    return { status: 500, code: 'internal_error', detail, members: { request_id: requestId } };
  }
  const problem = problemOf(error);
  if (problem.status < 500) return problem;
  // Without a cause there is nothing to look for, and a stack for each of a flood of refusals costs more than they do.
  const facts = error.cause === undefined ? {} : { error: describe(error) };
  log.warn({ requestId, code: error.code, ...facts }, 'could not serve');
  return { ...problem, members: { ...problem.members, request_id: requestId } };
}

/** What this adapter refuses is the client's fault, unless its status says otherwise. */
function reportOwn(log: Log, problem: Problem, requestId: string): Problem {
  if (problem.status < 500) return problem;
  log.error({ requestId, code: problem.code }, problem.detail);
  return { ...problem, members: { ...problem.members, request_id: requestId } };
}

/** An error and its causes for the log: names, messages and stacks, never the values that a driver attaches. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
