const intervalMs = 40;

/** Collects chunks of text and calls `onText` with the whole text so far, at most every 40 ms. */
export function throttleText(onText: (text: string) => void) {
  let text = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    onText(text);
  };
  return {
    add: (chunk: string) => {
      text += chunk;
      timer ??= setTimeout(flush, intervalMs);
    },
    isEmpty: () => text === '',
    end: () => {
      if (timer === null) return;
      clearTimeout(timer);
      flush();
    },
  };
}
