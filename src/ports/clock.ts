/** Time, as far as the domain needs any. Deadlines are kept by the stores, by their own clock. */
export interface Clock {
  /** The time now. */
  now(): Date;
  /** Calls `run` every `intervalMs` until the returned function is called. Never keeps a process alive. */
  every(intervalMs: number, run: () => void): () => void;
  /** Calls `run` once after `delayMs`, unless the returned function is called first. Never keeps a process alive. */
  after(delayMs: number, run: () => void): () => void;
}
