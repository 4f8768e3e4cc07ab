/** Facts of a log line. Never secrets, never message texts. */
export type LogFacts = Record<string, unknown>;

/** Where a process says what it does, in lines with structured facts. */
export interface Log {
  /** What helps to find a fault. */
  debug(facts: LogFacts, message: string): void;
  /** What happened in order. */
  info(facts: LogFacts, message: string): void;
  /** What somebody should look at some time. */
  warn(facts: LogFacts, message: string): void;
  /** What somebody has to look at. */
  error(facts: LogFacts, message: string): void;
}
