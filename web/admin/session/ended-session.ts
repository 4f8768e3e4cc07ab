/** The administrator whose pages are shown; null if no administrator is signed in. */
let administrator: string | null = null;
let hasEnded = false;
const listeners = new Set<() => void>();

/** Remembers whose pages are shown, so that they stay if the session ends. */
export function showPagesOf(username: string): void {
  administrator = username;
  setEnded(false);
}

/** Called when an administrator signs out: the pages are left. */
export function leavePages(): void {
  administrator = null;
  setEnded(false);
}

/**
 * Called when a request shows that the administrator is signed in no more. Returns false if no pages are shown; if some are, they
 * stay, with all that was typed, and a dialog asks to sign in again.
 */
export function reportSessionEnd(): boolean {
  if (administrator === null) return false;
  setEnded(true);
  return true;
}

/** The username of the administrator who has to sign in again; null if none has to. */
export function endedSessionOf(): string | null {
  return hasEnded ? administrator : null;
}

/** Calls `listener` whenever the result of `endedSessionOf` may have changed. Returns a function that unsubscribes. */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function setEnded(ended: boolean): void {
  hasEnded = ended;
  for (const listener of listeners) listener();
}
