import { useEffect } from 'react';

const minIntervalMs = 1000;

/** Calls `refresh` when the user returns to this tab, or the machine gets back online. */
export function useRefresh(refresh: () => Promise<void>): void {
  useEffect(() => {
    let lastAtMs = -minIntervalMs;
    let delayed: ReturnType<typeof setTimeout> | undefined;
    const waitMs = () => lastAtMs + minIntervalMs - performance.now();
    const refreshNow = () => {
      lastAtMs = performance.now();
      clearTimeout(delayed);
      void refresh();
    };
    const onReturn = () => {
      // Returning to a tab fires several events at once.
      if (!document.hidden && waitMs() <= 0) refreshNow();
    };
    const onOnline = () => {
      // What was read since the last time may have failed: nothing else would read it again.
      clearTimeout(delayed);
      delayed = setTimeout(refreshNow, Math.max(0, waitMs()));
    };
    addEventListener('focus', onReturn);
    addEventListener('online', onOnline);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearTimeout(delayed);
      removeEventListener('focus', onReturn);
      removeEventListener('online', onOnline);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [refresh]);
}
