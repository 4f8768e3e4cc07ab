import { useSyncExternalStore } from 'react';

/** What the page shows, as its address says it behind the `#`. */
export type Route =
  | { name: 'new' }
  | { name: 'conversation'; id: string }
  | { name: 'tokens' }
  | { name: 'account' }
  | { name: 'sign-in' }
  | { name: 'sign-up' }
  | { name: 'forgotten' };

const names = ['tokens', 'account', 'sign-in', 'sign-up', 'forgotten'] as const;

export function routeOf(hash: string): Route {
  const path = hash.replace(/^#\/?/, '');
  const id = /^c\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'conversation', id };
  const name = names.find((each) => each === path);
  return name === undefined ? { name: 'new' } : { name };
}

export function hashOf(route: Route): string {
  if (route.name === 'conversation') return `#/c/${route.id}`;
  return route.name === 'new' ? '#/' : `#/${route.name}`;
}

/** Goes there; `replace` leaves no step in the history. */
export function go(route: Route, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', hashOf(route));
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else location.hash = hashOf(route);
}

function subscribe(react: () => void): () => void {
  addEventListener('hashchange', react);
  return () => {
    removeEventListener('hashchange', react);
  };
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.hash));
}
