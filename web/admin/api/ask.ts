import { Problem } from '../../chat/api/problem.js';
import { openSession, request, type RequestParts } from '../../chat/api/request.js';
import { readMark } from '../../chat/session/session-mark.js';
import { failureOf, notSignedIn } from './problem.js';

/** Asks the API in the name of who is signed in. Rejects with a `Failure`; of status 401 once the session has ended. */
export async function ask<TestResponse>(path: string, parts: RequestParts = {}): Promise<TestResponse> {
  // Without a session there is no use in asking.
  if (readMark() === null) throw notSignedIn();
  const response = await inOurWords(() => request(path, parts));
  return (response.status === 204 ? undefined : await response.json()) as TestResponse;
}

/** Opens a session by what `path` asks for. */
export function enter(path: string, body: object): Promise<void> {
  return inOurWords(() => openSession(path, body));
}

async function inOurWords<TestResponse>(work: () => Promise<TestResponse>): Promise<TestResponse> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Problem ? failureOf(error) : error;
  }
}
