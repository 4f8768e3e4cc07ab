import type { KeyboardEvent } from 'react';

/** Whether a key press sends a message: Enter does, unless an input method composes or the only keyboard is on the screen. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !isTouchOnly() && !isComposing(event);
}

/** Whether the only keyboard is on the screen, which has no Shift+Enter. */
export function isTouchOnly(): boolean {
  return !matchMedia('(hover: hover)').matches;
}

/**
 * Whether Enter selects what an input method composes. Safari ends the composition before that Enter; the key code that UI
 * Events gives to all keys of a composition remains.
 */
function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  const { keyCode } = nativeEvent as { keyCode: number };
  return nativeEvent.isComposing || keyCode === 229;
}
