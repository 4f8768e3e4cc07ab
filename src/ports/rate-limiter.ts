/** A counter: at most `max` uses within `windowMs` milliseconds. */
export interface Count {
  /** At most 128 printable ASCII characters. Contains nothing that identifies a person. */
  key: string;
  max: number;
  /** From 1,000 to 2^31 − 1, a multiple of 1,000. The window begins with the first use. */
  windowMs: number;
}

/** The result of `take`. */
export interface Take {
  /** False if `max` uses of this window were taken already; this use then does not count. */
  allowed: boolean;
  /** How many more uses this window allows. */
  remaining: number;
  /** How long until the window ends, in milliseconds. */
  resetsInMs: number;
  /**
   * Takes an allowed use back, so that it does not count. Does nothing on a second call, for a use that was not allowed, or if
   * the window has ended or is about to end: the count of another window is never changed.
   */
  giveBack(): Promise<void>;
}

/** Limits how often something may happen. */
export interface RateLimiter {
  /**
   * Takes one use, if one is left. With any number of parallel calls, at most `max` uses that are not given back are allowed in
   * one window; if none is given back, exactly `max`. A use that one server gives back may not be available on other servers for
   * up to a second. Rejects with a DomainError `unavailable` if the counts cannot be reached: no use is allowed uncounted.
   */
  take(count: Count): Promise<Take>;
}
