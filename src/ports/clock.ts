/** The time, for the domain. Deadlines are kept by the stores, which have their own clock. */
export interface Clock {
  /** Returns the current time. */
  now(): Date;
  /** Calls `run` every `intervalMs` until the returned function is called. Never keeps a process alive. */
  every(intervalMs: number, run: () => void): () => void;
  /** Calls `run` once after `delayMs`, unless the returned function is called first. Never keeps a process alive. */
  after(delayMs: number, run: () => void): () => void;
}
