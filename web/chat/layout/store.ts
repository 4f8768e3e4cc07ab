import { useSyncExternalStore } from 'react';

/** A value that components watch and others change. */
export interface Store<Value> {
  get: () => Value;
  set: (change: (value: Value) => Value) => void;
  subscribe: (react: () => void) => () => void;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      value = change(value);
      for (const react of watchers) react();
    },
    subscribe: (react) => {
      watchers.add(react);
      return () => {
        watchers.delete(react);
      };
    },
  };
}

/** The value of a store, now and whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get);
}
