import { useEffect } from 'react';

/** Calls `onEscape` when Esc is pressed, unless a dialog or the menu is open, which Esc closes. Null disables it. */
export function useEscape(onEscape: (() => void) | null): void {
  useEffect(() => {
    if (onEscape === null) return undefined;
    const onKeyDown = ({ key, isComposing }: KeyboardEvent) => {
      if (key !== 'Escape' || isComposing) return;
      if (document.querySelector('dialog[open], .side.shown') === null) onEscape();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [onEscape]);
}
