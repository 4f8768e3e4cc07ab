/** The fields of a log line. Never secrets, never texts of messages. */
export type LogFacts = Record<string, unknown>;

/** A log of lines with structured fields. */
export interface Log {
  /** Details that help to find an error. */
  debug(facts: LogFacts, message: string): void;
  /** Normal events. */
  info(facts: LogFacts, message: string): void;
  /** Events that an operator should look at some time. */
  warn(facts: LogFacts, message: string): void;
  /** Events that an operator must look at. */
  error(facts: LogFacts, message: string): void;
}
