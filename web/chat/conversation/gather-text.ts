const everyMs = 40;

/** Gathers words that come one by one, and tells the whole so far no more often than it can be drawn. */
export function gatherText(tell: (whole: string) => void) {
  let whole = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    tell(whole);
  };
  return {
    add: (text: string) => {
      whole += text;
      timer ??= setTimeout(flush, everyMs);
    },
    isEmpty: () => whole === '',
    end: () => {
      if (timer === null) return;
      clearTimeout(timer);
      flush();
    },
  };
}
