import { useEffect } from 'react';

const minIntervalMs = 1000;

/** Calls `refresh` when the user returns to this tab, or the machine gets back online. */
export function useRefresh(refresh: () => Promise<void>): void {
  useEffect(() => {
    let lastAtMs = -minIntervalMs;
    const onReturn = () => {
      // Returning to a tab fires several events at once.
      if (document.hidden || performance.now() - lastAtMs < minIntervalMs) return;
      lastAtMs = performance.now();
      void refresh();
    };
    addEventListener('focus', onReturn);
    addEventListener('online', onReturn);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      removeEventListener('focus', onReturn);
      removeEventListener('online', onReturn);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [refresh]);
}
