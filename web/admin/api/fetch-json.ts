import { Problem } from '../../api/problem.js';
import { openSession, request, type RequestOptions } from '../../api/request.js';
import { readStoredSession } from '../../api/stored-session.js';
import { reportSessionEnd } from '../session/ended-session.js';
import { isSessionOver, signedOutFailure, toFailure } from './failure.js';

/**
 * Sends a request as the signed-in user. Rejects with a `Failure`, whose status is 401 once the session has ended; the page then
 * asks to sign in again.
 */
export async function fetchJson<Body>(path: string, options: RequestOptions = {}): Promise<Body> {
  try {
    // Without a session the request would fail anyway.
    if (readStoredSession() === null) throw signedOutFailure();
    const response = await withFailures(() => request(path, options));
    return (response.status === 204 ? undefined : await response.json()) as Body;
  } catch (error) {
    if (isSessionOver(error)) reportSessionEnd();
    throw error;
  }
}

/** Opens a session with a request to `path`. */
export function startSession(path: string, body: object): Promise<void> {
  return withFailures(() => openSession(path, body));
}

/** Does `work`, whose problems become failures. */
export async function withFailures<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? toFailure(error) : error;
  }
}
