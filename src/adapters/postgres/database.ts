/** A value as it is bound to a statement's placeholder. */
export type SqlValue = string | number | boolean | null | readonly string[];

/**
 * One SQL statement. A statement with a name is short, runs often, and is prepared once per connection. The same name
 * must always have the same text.
 */
export interface Statement {
  name?: string;
  text: string;
  /** True if a named statement may wait for a lock. Then it does not use the connections of other named statements. */
  mayWaitForLock?: boolean;
  values?: readonly SqlValue[];
  /** The credits that the ledger itself adds or removes by this statement, in a transaction; for metrics. */
  dueCredits?: DueCredits;
}

/** Credits of allowances that are given, and of lots that expire. */
export interface DueCredits {
  allowance: number;
  expiry: number;
}

/** Runs statements. `int8` arrives as a safe integer, timestamps as Dates. */
export interface Queryable {
  /** Rejects with a DomainError `unavailable` if the database cannot be reached, otherwise with the error of the driver. */
  query<Row>(statement: Statement): Promise<Row[]>;
}

/** The number of connections to the database, and of statements that wait for one. */
export interface ConnectionCounts {
  total: number;
  idle: number;
  waiting: number;
}

/** Options of `migrate`. */
export interface MigrateOptions {
  /** If true, `migrate` rejects with a SetupError if there are no tables yet, instead of creating them. */
  mustExist?: boolean;
}

/** The interface that all stores use. PostgreSQL and the embedded database implement it. */
export interface Database extends Queryable {
  /** The schema of the tables. */
  readonly schema: string;
  /** True if it is the embedded database of a data folder, which has one schema. */
  readonly isEmbedded?: boolean;
  /** True within a transaction of an embedding program: it has one connection, so that requests are not batched. */
  readonly isHostTransaction?: boolean;
  /** True if Citus distributes the tables over several nodes: requests of several accounts are not batched. */
  readonly isSharded?: boolean;
  /** Runs `work` in one transaction on one connection. `work` must await nothing but SQL. */
  transaction<Result>(work: (within: Queryable) => Promise<Result>): Promise<Result>;
  /**
   * Brings the schema up to date. Returns the names of the migrations that ran. If the schema contains tables of another
   * program, rejects with a SetupError and changes nothing.
   */
  migrate(directory: string, options?: MigrateOptions): Promise<string[]>;
  /** Resolves when the database responds. */
  ping(): Promise<void>;
  /** The current numbers; zeros if they are unknown. */
  connections(): ConnectionCounts;
  /** Closes its connections. */
  close(): Promise<void>;
}

/** The code of an error of a driver or the system, such as a SQLSTATE, or null. */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The violated constraint that an error of a driver names, or null. Citus names that of a shard, with its number, in the message. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint;
  return /constraint "(.+?)(?:_\d{6,})?"$/.exec(error.message)?.[1] ?? null;
}
