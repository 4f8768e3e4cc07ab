import { failureOf, notSignedIn, unreachable } from './problem.js';
import { forgetSession, markSession, sessionState } from './session-mark.js';

interface Asked {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * Asks the API in the name of who is signed in, renewing their access where it has ended. Rejects with a `Failure`:
 * of status 401 when the session has ended, of status 0 when nobody answers.
 */
export async function ask<Answer>(path: string, asked: Asked = {}): Promise<Answer> {
  const response = await askRaw(path, asked);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** The same, with the answer as it comes. */
export async function askRaw(path: string, asked: Asked = {}): Promise<Response> {
  if (sessionState() === 'none') throw notSignedIn();
  if (sessionState() === 'stale') await renewAccess();
  let response = await send(path, asked);
  if (response.status === 401) {
    await renewAccess();
    response = await send(path, asked);
  }
  if (response.status === 401) {
    forgetSession();
    throw notSignedIn();
  }
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** Asks what needs nobody to be signed in. */
export async function askOpenly<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await send(path, { method: 'POST', body });
  if (!response.ok) throw await failureOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function send(path: string, { method = 'GET', body, headers = {} }: Asked): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        // Shows a server without TLS that this is its own page.
        'X-Requested-With': 'metered-chat',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
}

let renewal: Promise<void> | null = null;

/** One renewal at a time, however many requests wait for it. */
function renewAccess(): Promise<void> {
  renewal ??= renew().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function renew(): Promise<void> {
  const response = await send('/api/session/refresh/', { method: 'POST', body: { cookie: true } });
  if (response.ok) {
    markSession((await response.json()) as Parameters<typeof markSession>[0]);
  } else if (response.status === 401 || response.status === 400) {
    forgetSession();
    throw notSignedIn();
  } else {
    throw await failureOf(response);
  }
}
