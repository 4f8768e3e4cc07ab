import { useEffect } from 'react';
import { useStableCallback } from '../conversation/use-stable-callback.js';

export interface Shortcuts {
  onNew: () => void;
  onSearch: () => void;
  onSidebar: () => void;
  onList: () => void;
}

/** Calls what the keyboard shortcuts of the page do. A modal dialog has none of them. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const press = useStableCallback((event: KeyboardEvent) => {
    const act = actionOf(event, shortcuts);
    if (act === null || event.defaultPrevented || document.querySelector('dialog:modal') !== null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, [press]);
}

function actionOf(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | null {
  const key = event.key.toLowerCase();
  // Ctrl+Alt is the key AltGr of many keyboards.
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && event.shiftKey && key === 'o') return shortcuts.onNew;
  if (isCommand && event.shiftKey && key === 's') return shortcuts.onSidebar;
  if (isCommand && !event.shiftKey && key === 'k') return shortcuts.onSearch;
  return key === '?' && !isCommand && !isWriting(event.target) ? shortcuts.onList : null;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable=true]');
}
