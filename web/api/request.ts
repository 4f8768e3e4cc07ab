import { currentLanguage } from '../language/language.js';
import { basePath } from './base-path.js';
import { Problem, problemOf, unreachable } from './problem.js';
import {
  clearStoredSession,
  readStoredSession,
  writeStoredSession,
  type StoredSession,
} from './stored-session.js';
import type { SessionTimes } from './api-objects.js';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: object;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a request with the cookies of the session, which it renews when it is due. Rejects with a `Problem`. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const session = readStoredSession();
  if (session !== null && session.renewAtMs <= Date.now()) await renew(session);
  const sentWith = readStoredSession();
  const response = await send(path, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.code !== 'unauthenticated' || sentWith === null) throw problem;
  // Another tab may have renewed the session in the meantime; `renew` then does nothing.
  await renew(sentWith);
  const secondResponse = await send(path, options);
  if (secondResponse.ok) return secondResponse;
  throw await problemOf(secondResponse);
}

/** Opens a session. The browser keeps its auth tokens in cookies that no script can read. */
export async function openSession(path: string, body: object): Promise<void> {
  (await requestSession(path, body)).use();
}

/** Requests a session that the pages do not use before `use` is called. Resolves with the body of the response too. */
export async function requestSession<Body extends SessionTimes>(
  path: string,
  body: object,
): Promise<{ body: Body; use: () => void }> {
  const response = await send(path, { method: 'POST', body: { ...body, cookie: true } });
  if (!response.ok) throw await problemOf(response);
  const opened = (await response.json()) as Body;
  const use = () => {
    writeStoredSession(opened, response.headers.get('Date'));
  };
  return { body: opened, use };
}

let renewal: Promise<void> | null = null;

/** Replaces the cookies, unless that has happened since `seen` was read. One tab does it once for all tabs. */
async function renew(seen: StoredSession): Promise<void> {
  renewal ??= withLock(() => renewUnlessDone(seen)).finally(() => {
    renewal = null;
  });
  return renewal;
}

async function renewUnlessDone(seen: StoredSession): Promise<void> {
  const stored = readStoredSession();
  if (stored === null) throw new Problem(401, { code: 'unauthenticated' });
  if (stored.session !== seen.session || stored.renewAtMs !== seen.renewAtMs) return;
  const response = await send('/api/session/refresh/', { method: 'POST', body: { cookie: true } });
  if (response.ok) {
    const times = (await response.json()) as SessionTimes;
    writeStoredSession(times, response.headers.get('Date'), stored.session);
    return;
  }
  const problem = await problemOf(response);
  if (problem.code === 'unauthenticated') clearStoredSession();
  throw problem;
}

/** Browsers offer locks across tabs only on HTTPS and localhost; the server accepts concurrent renewals too. */
async function withLock(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  await (locks === undefined ? work() : locks.request(`metered-chat.renew${basePath}`, work));
}

async function send(
  path: string,
  { method = 'GET', body, headers, signal }: RequestOptions,
): Promise<Response> {
  try {
    return await fetch(basePath + path, {
      method,
      headers: {
        // Identifies the server's own page to it if the browser sends no Sec-Fetch-Site.
        'X-Requested-With': 'metered-chat',
        // Mails that the request causes are in the language of the page.
        'Accept-Language': currentLanguage(),
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
