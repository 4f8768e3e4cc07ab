import { basePath } from '../../base-path.js';
import type { SessionTimes } from '../api/contract.js';

/**
 * That this browser has a session, and until when. The secrets are in cookies that no script sees; this is what all
 * tabs know of them.
 */
export interface SessionMark {
  /** The same as long as one session goes on, over all its refreshes. */
  session: string;
  /** By this browser's clock, when the access cookie should be replaced. */
  renewAtMs: number;
}

// What is mounted below different paths of a host shares its storage.
const storageKey = `metered-chat.session${basePath}`;
const marginMs = 5000;
/** Who is to be told in this tab; the browser tells the others. */
const watchers = new Set<() => void>();

/** The mark, or null when nobody is signed in here. */
export function readMark(): SessionMark | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') as SessionMark | null;
  } catch {
    return null;
  }
}

/** Notes a session that was opened, or refreshed when it has a name already; `serverNow` is when the server said so. */
export function writeMark(times: SessionTimes, serverNow: string | null, session = newName()): void {
  const now = Date.now();
  const serverNowMs = serverNow === null ? now : Date.parse(serverNow);
  // The two clocks may differ by any time; how long it lasts is the same by both.
  const lastsMs = Date.parse(times.expires_at) - serverNowMs;
  const mark: SessionMark = { session, renewAtMs: now + Math.max(lastsMs - marginMs, lastsMs / 2) };
  localStorage.setItem(storageKey, JSON.stringify(mark));
  tellWatchers();
}

export function clearMark(): void {
  localStorage.removeItem(storageKey);
  tellWatchers();
}

function tellWatchers(): void {
  for (const react of watchers) react();
}

/** `randomUUID` is only there where the page came by TLS or from this machine. */
function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}

/** Calls when this tab or another one signs in, refreshes or signs out; the answer stops that. */
export function onMarkChange(react: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === storageKey || key === null) react();
  };
  watchers.add(react);
  addEventListener('storage', listen);
  return () => {
    watchers.delete(react);
    removeEventListener('storage', listen);
  };
}
