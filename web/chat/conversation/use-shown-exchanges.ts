import { useDeferredValue, useMemo } from 'react';
import { withoutRetried, type ExchangeState } from './exchange-state.js';

const none: readonly ExchangeState[] = [];

/**
 * Returns the exchanges of a conversation as they are rendered: after everything else, and in steps, so that typing does not
 * wait for long replies.
 */
export function useShownExchanges(exchanges: readonly ExchangeState[]): readonly ExchangeState[] {
  const current = useMemo(() => withoutRetried(exchanges), [exchanges]);
  const shown = useDeferredValue(current, none);
  // The exchanges of the conversation that was open before are not shown in this one.
  const isSame = shown.length === 0 || current.length === 0 || haveCommon(shown, current);
  return isSame && current.length > 0 ? shown : none;
}

function haveCommon(some: readonly ExchangeState[], others: readonly ExchangeState[]): boolean {
  const keys = new Set(some.map(({ key }) => key));
  return others.some(({ key }) => keys.has(key));
}
