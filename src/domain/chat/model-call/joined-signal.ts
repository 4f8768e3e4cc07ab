/** A signal that is aborted with the first of some others, for as long as it is joined to them. */
export interface JoinedSignal {
  signal: AbortSignal;
  abort(reason?: unknown): void;
  /** Lets go of the others, which may live for much longer. */
  part(): void;
}

/** Joins signals. */
export function joinSignals(others: readonly AbortSignal[]): JoinedSignal {
  const joined = new AbortController();
  const listeners = others.map((other) => {
    const listener = () => {
      joined.abort(other.reason);
    };
    if (other.aborted) listener();
    else other.addEventListener('abort', listener, { once: true });
    return { other, listener };
  });
  return {
    signal: joined.signal,
    abort: (reason) => {
      joined.abort(reason);
    },
    part: () => {
      for (const { other, listener } of listeners) other.removeEventListener('abort', listener);
    },
  };
}
