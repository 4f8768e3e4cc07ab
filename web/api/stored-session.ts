import { basePath } from './base-path.js';
import type { SessionTimes } from './api-objects.js';

/** What all tabs of this browser know of its session. The auth tokens are in cookies that no script can read. */
export interface StoredSession {
  /** Stays the same through all refreshes of one session. */
  session: string;
  /** When to replace the access cookie, in milliseconds of this browser's clock. */
  renewAtMs: number;
}

// Servers that are mounted below different paths of one host share its local storage.
const storageKey = `metered-chat.session${basePath}`;
const marginMs = 5000;
/** The listeners of this tab; the browser notifies the other tabs. */
const listeners = new Set<() => void>();

/** Returns null if no user is signed in with this browser. */
export function readStoredSession(): StoredSession | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') as StoredSession | null;
  } catch {
    return null;
  }
}

/** Stores a session that was opened, or refreshed if `session` is given; `serverNow` is the `Date` of the response. */
export function writeStoredSession(
  times: SessionTimes,
  serverNow: string | null,
  session = randomName(),
): void {
  const now = Date.now();
  const serverNowMs = serverNow === null ? now : Date.parse(serverNow);
  // The clocks of browser and server may differ, so only the duration is used.
  const lifetimeMs = Date.parse(times.expires_at) - serverNowMs;
  const stored: StoredSession = {
    session,
    renewAtMs: now + Math.max(lifetimeMs - marginMs, lifetimeMs / 2),
  };
  localStorage.setItem(storageKey, JSON.stringify(stored));
  notifyListeners();
}

export function clearStoredSession(): void {
  localStorage.removeItem(storageKey);
  notifyListeners();
}

function notifyListeners(): void {
  for (const listener of listeners) listener();
}

/** Browsers offer `randomUUID` only on HTTPS and localhost. */
function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}

/** Calls `listener` when any tab signs in, refreshes or signs out. Returns a function that unsubscribes. */
export function onStoredSessionChange(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (key === storageKey || key === null) listener();
  };
  listeners.add(listener);
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', onStorage);
  };
}
