import { useSyncExternalStore } from 'react';

/** The view that the page shows, which is in its address after the `#`. */
export type Route =
  | { name: 'new' }
  | { name: 'conversation'; id: string }
  | { name: 'tokens' }
  | { name: 'buy' }
  | { name: 'order'; id: string }
  /** The statement of a month such as `2030-01`; null for the current one. */
  | { name: 'statement'; month: string | null }
  | { name: 'account' }
  | { name: 'sign-in' }
  | { name: 'sign-up' }
  | { name: 'forgotten' };

const names = ['tokens', 'buy', 'account', 'sign-in', 'sign-up', 'forgotten'] as const;

export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#\/?/, '');
  const id = /^c\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'conversation', id };
  const orderId = /^orders\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (orderId !== undefined) return { name: 'order', id: orderId };
  const statement = /^statement(?:\/(\d{4}-\d{2}))?$/.exec(path);
  if (statement !== null) return { name: 'statement', month: statement[1] ?? null };
  const name = names.find((each) => each === path);
  return name === undefined ? { name: 'new' } : { name };
}

export function routeHash(route: Route): string {
  if (route.name === 'conversation') return `#/c/${route.id}`;
  if (route.name === 'order') return `#/orders/${route.id}`;
  if (route.name === 'statement') return route.month === null ? '#/statement' : `#/statement/${route.month}`;
  return route.name === 'new' ? '#/' : `#/${route.name}`;
}

/** Shows the order that the payment provider returns to, which it names in the query. */
export function showReturnedOrder(): void {
  const id = new URLSearchParams(location.search).get('order');
  if (id === null) return;
  history.replaceState(null, '', location.pathname + routeHash({ name: 'order', id }));
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
