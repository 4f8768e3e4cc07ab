import { useEffect } from 'react';

/** Calls `react` at a press of Esc anywhere on the page, unless a dialog or the menu is open, which it closes; null waits for none. */
export function useEscape(react: (() => void) | null): void {
  useEffect(() => {
    if (react === null) return undefined;
    const look = ({ key, isComposing }: KeyboardEvent) => {
      if (key !== 'Escape' || isComposing) return;
      if (document.querySelector('dialog[open], .side.shown') === null) react();
    };
    addEventListener('keydown', look);
    return () => {
      removeEventListener('keydown', look);
    };
  }, [react]);
}
