import { useSyncExternalStore } from 'react';

/** The view that the page shows, which is in its address after the `#`. */
export type Route =
  | { name: 'new' }
  | { name: 'conversation'; id: string }
  | { name: 'tokens' }
  | { name: 'account' }
  | { name: 'sign-in' }
  | { name: 'sign-up' }
  | { name: 'forgotten' };

const names = ['tokens', 'account', 'sign-in', 'sign-up', 'forgotten'] as const;

export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#\/?/, '');
  const id = /^c\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'conversation', id };
  const name = names.find((each) => each === path);
  return name === undefined ? { name: 'new' } : { name };
}

export function routeHash(route: Route): string {
  if (route.name === 'conversation') return `#/c/${route.id}`;
  return route.name === 'new' ? '#/' : `#/${route.name}`;
}

/** Shows another view; `replace` adds no entry to the history. */
export function navigate(route: Route, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', routeHash(route));
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = routeHash(route);
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => {
    removeEventListener('hashchange', listener);
  };
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
