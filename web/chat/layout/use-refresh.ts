import { useEffect } from 'react';

const restMs = 1000;

/** Calls `refresh` whenever somebody comes back to this tab, or the network to this machine. */
export function useRefresh(refresh: () => Promise<void>): void {
  useEffect(() => {
    let lastAtMs = -restMs;
    const react = () => {
      // Coming back is told by several events at once.
      if (document.hidden || performance.now() - lastAtMs < restMs) return;
      lastAtMs = performance.now();
      void refresh();
    };
    addEventListener('focus', react);
    addEventListener('online', react);
    document.addEventListener('visibilitychange', react);
    return () => {
      removeEventListener('focus', react);
      removeEventListener('online', react);
      document.removeEventListener('visibilitychange', react);
    };
  }, [refresh]);
}
