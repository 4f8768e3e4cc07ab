import { startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { withoutRetried, type ExchangeState } from './exchange-state.js';

const none: readonly ExchangeState[] = [];
/** As many as fill a window. */
const firstCount = 3;

/**
 * Returns the exchanges of a conversation as they are rendered: after everything else, and in steps, so that typing does not
 * wait for long replies. Of a conversation that is opened, the newest exchanges come first.
 */
export function useShownExchanges(
  conversationId: string,
  exchanges: readonly ExchangeState[],
): readonly ExchangeState[] {
  const current = useMemo(() => withoutRetried(exchanges), [exchanges]);
  const [wholeId, setWholeId] = useState<string | null>(null);
  const beginning = wholeId === conversationId ? current : current.slice(-firstCount);
  const shown = useDeferredValue(beginning, none);
  const isBegun = shown.length > 0 && haveCommon(shown, current);
  useEffect(() => {
    if (!isBegun) return undefined;
    // The newest exchanges are painted before the others are rendered.
    const timer = setTimeout(() => {
      startTransition(() => {
        setWholeId(conversationId);
      });
    });
    return () => {
      clearTimeout(timer);
    };
  }, [isBegun, conversationId]);
  // The exchanges of the conversation that was open before are not shown in this one.
  const isSame = shown.length === 0 || current.length === 0 || haveCommon(shown, current);
  return isSame && current.length > 0 ? shown : none;
}

function haveCommon(some: readonly ExchangeState[], others: readonly ExchangeState[]): boolean {
  const keys = new Set(some.map(({ key }) => key));
  return others.some(({ key }) => keys.has(key));
}
