/** An AbortController that is also aborted with the first of some other signals, until it is detached from them. */
export interface JoinedSignal {
  signal: AbortSignal;
  abort(): void;
  /** Removes the listeners from the other signals. */
  detach(): void;
}

/**
 * Joins signals.
 *
 * Instead of `AbortSignal.any`, for the signal of a stopping server lives as long as the process: after 200,000 joins with
 * such a signal `any` keeps 11 MB on Node 20 and 32 MB on Node 22 (225 MB if a listener remains), and takes 16 µs for a
 * join instead of 1.3 µs.
 */
export function joinSignals(others: readonly AbortSignal[]): JoinedSignal {
  const controller = new AbortController();
  const listeners = others.map((other) => {
    const abort = () => {
      controller.abort(other.reason);
    };
    if (other.aborted) abort();
    else other.addEventListener('abort', abort, { once: true });
    return { other, abort };
  });
  return {
    signal: controller.signal,
    abort: () => {
      controller.abort();
    },
    detach: () => {
      for (const { other, abort } of listeners) other.removeEventListener('abort', abort);
    },
  };
}
