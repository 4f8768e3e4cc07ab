import { basePath } from '../../base-path.js';
import { clearMark, readMark, writeMark, type SessionMark } from '../session/session-mark.js';
import type { SessionTimes } from './contract.js';
import { Problem, problemOf, unreachable } from './problem.js';

/** What a request says. */
export interface RequestParts {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: object;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Asks as whoever is signed in, and renews the session when that is due. Rejects with a `Problem`. */
export async function request(path: string, parts: RequestParts = {}): Promise<Response> {
  const mark = readMark();
  if (mark !== null && mark.renewAtMs <= Date.now()) await renew(mark);
  const askedWith = readMark();
  const response = await send(path, parts);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.code !== 'unauthenticated' || askedWith === null) throw problem;
  // The session may have been renewed meanwhile, by this tab or another one; else it is time to.
  await renew(askedWith);
  const again = await send(path, parts);
  if (again.ok) return again;
  throw await problemOf(again);
}

/** Opens a session, whose secrets the browser keeps in cookies. */
export async function openSession(path: string, body: object): Promise<void> {
  const response = await send(path, { method: 'POST', body: { ...body, cookie: true } });
  if (!response.ok) throw await problemOf(response);
  writeMark((await response.json()) as SessionTimes, response.headers.get('Date'));
}

let renewing: Promise<void> | null = null;

/** Replaces the cookies unless that has happened since `seen` was read. One tab does it for all, once. */
async function renew(seen: SessionMark): Promise<void> {
  renewing ??= locked(() => renewUnlessDone(seen)).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewUnlessDone(seen: SessionMark): Promise<void> {
  const mark = readMark();
  if (mark === null) throw new Problem(401, { code: 'unauthenticated' });
  if (mark.session !== seen.session || mark.renewAtMs !== seen.renewAtMs) return;
  const response = await send('/api/session/refresh/', { method: 'POST', body: { cookie: true } });
  if (response.ok) {
    writeMark((await response.json()) as SessionTimes, response.headers.get('Date'), mark.session);
    return;
  }
  const problem = await problemOf(response);
  if (problem.code === 'unauthenticated') clearMark();
  throw problem;
}

/** Browsers have locks that tabs share only where the page came by TLS or from this machine; the server copes without. */
async function locked(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  await (locks === undefined ? work() : locks.request(`metered-chat.renew${basePath}`, work));
}

async function send(
  path: string,
  { method = 'GET', body, headers, signal }: RequestParts,
): Promise<Response> {
  try {
    return await fetch(basePath + path, {
      method,
      headers: {
        // How the server knows its own page where the browser does not say it.
        'X-Requested-With': 'metered-chat',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw unreachable();
  }
}
