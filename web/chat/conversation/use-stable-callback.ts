import { useCallback, useLayoutEffect, useRef } from 'react';

/** Returns a function that stays the same, and calls the newest one. Components that get it render only if something else changes. */
export function useStableCallback<Value>(callback: (value: Value) => void): (value: Value) => void {
  const newest = useRef(callback);
  useLayoutEffect(() => {
    newest.current = callback;
  });
  return useCallback((value: Value) => {
    newest.current(value);
  }, []);
}
