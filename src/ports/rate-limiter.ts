/** What is counted together: at most `max` within `windowMs`. */
export interface Count {
  /** At most 128 printable ASCII characters, and nothing that says who it is about. */
  key: string;
  max: number;
  /** From 1,000 to 2^31 − 1, in whole seconds. The window begins with the first one taken. */
  windowMs: number;
}

/** What came of taking one. */
export interface Take {
  /** False when `max` of this window were taken already; then this one does not count. */
  allowed: boolean;
  /** How many more this window allows. */
  remaining: number;
  /** Until the window ends and everything is allowed anew. */
  resetsInMs: number;
  /**
   * Makes an allowed one not count after all. Does nothing a second time, for one that was not allowed, and once
   * its window is over or about to end: what another window counts is never touched.
   */
  giveBack(): Promise<void>;
}

/** Counts what may happen only so often. */
export interface RateLimiter {
  /**
   * Takes one of a count, if one is left. At any concurrency, of those taken and not given back no more than `max`
   * are allowed in one window, and with none given back exactly `max` are. What one server gives back may be refused on
   * others for a second yet. Rejects with a DomainError `unavailable` when
   * the counts cannot be reached: nothing is let through uncounted.
   */
  take(count: Count): Promise<Take>;
}
