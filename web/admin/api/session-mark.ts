/** When the secrets end that the browser keeps where no script reads them. Holds nothing secret itself. */
interface SessionMark {
  expiresAt: string;
  refreshExpiresAt: string;
}

const storageKey = 'metered_chat.session';

/** Notes that a session was opened or refreshed, so that pages know of it without asking. */
export function markSession(opened: { expires_at: string; refresh_expires_at: string }): void {
  const mark: SessionMark = { expiresAt: opened.expires_at, refreshExpiresAt: opened.refresh_expires_at };
  localStorage.setItem(storageKey, JSON.stringify(mark));
}

export function forgetSession(): void {
  localStorage.removeItem(storageKey);
}

/** Whether there is a session as far as is known here, and whether its access is over, or as good as. */
export function sessionState(now = Date.now()): 'none' | 'stale' | 'fresh' {
  const mark = readMark();
  if (mark === null || Date.parse(mark.refreshExpiresAt) <= now) return 'none';
  return Date.parse(mark.expiresAt) - now < spareMs ? 'stale' : 'fresh';
}

/** Enough for a request to arrive before the access ends. */
const spareMs = 20_000;

function readMark(): SessionMark | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') as SessionMark | null;
  } catch {
    return null;
  }
}
