/** A value as it is bound to a statement's placeholder. */
export type SqlValue = string | number | boolean | null | readonly string[];

/**
 * One SQL statement. A name marks a hot one: short, prepared once per connection, and sharing connections with others
 * like it. The same name must mean the same text.
 */
export interface Statement {
  name?: string;
  text: string;
  /** True where a hot statement may have to wait for somebody's lock, so that nobody's is sent behind it. */
  mayWait?: boolean;
  values?: readonly SqlValue[];
}

/** Runs statements. `int8` arrives as a safe integer, timestamps as Dates. */
export interface Queryable {
  /** Rejects with a DomainError `unavailable` when the database cannot be reached, else with the driver's error. */
  query<Row>(statement: Statement): Promise<Row[]>;
}

/** Connections to the database, and statements that wait for one. */
export interface ConnectionCounts {
  total: number;
  idle: number;
  waiting: number;
}

/** How a schema is brought up to date. */
export interface MigrateOptions {
  /** True to reject with a SetupError where there are no tables yet, instead of making them. */
  mustExist?: boolean;
}

/** The one interface that every store is written against; PostgreSQL and the embedded database both have it. */
export interface Database extends Queryable {
  /** Runs `work` in one transaction on one connection. Nothing but SQL may be awaited in it. */
  transaction<Result>(work: (within: Queryable) => Promise<Result>): Promise<Result>;
  /**
   * Brings the schema up to date and returns the names of the migrations that it ran. Rejects with a SetupError, changing
   * nothing, if the schema holds something of another program.
   */
  migrate(directory: string, options?: MigrateOptions): Promise<string[]>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** What is open now; zeros where that is not known. */
  connections(): ConnectionCounts;
  /** Closes its connections. */
  close(): Promise<void>;
}

/** Reads an `int8` as it comes over the wire: exact, or refused. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('An integer of the database is beyond 2^53 − 1.');
  return value;
}

/** The SQLSTATE of a driver's error, or null for any other error. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The constraint that a driver's error names as violated, or null. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : null;
}
