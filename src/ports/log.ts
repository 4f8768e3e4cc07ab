/** Facts of a log line. Never secrets, never message texts. */
export type LogFacts = Record<string, unknown>;

/** Where a process says what it does, in lines with structured facts. */
export interface Log {
  debug(facts: LogFacts, message: string): void;
  info(facts: LogFacts, message: string): void;
  warn(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}
