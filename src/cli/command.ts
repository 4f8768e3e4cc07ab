import type { Database } from '../adapters/postgres/database.js';
import type { Core } from '../domain/core.js';

/** A command of the command line that works on the database of the settings. */
export interface Command {
  name: string;
  /** What follows the name in the usage. */
  parameters: string;
  summary: string;
  /** True if it may create a database. On an empty one the other commands would have nothing to do. */
  createsDatabase: boolean;
  run(core: Core, args: readonly string[]): Promise<CommandResult>;
}

/** A command that changes the tables themselves. */
export interface DatabaseCommand extends Omit<Command, 'run'> {
  runOn(database: Database, args: readonly string[]): Promise<CommandResult>;
}

/** A command that uses neither a database nor the settings. */
export interface StandaloneCommand extends Pick<Command, 'name' | 'parameters' | 'summary'> {
  usesDatabase: false;
  /** Prints its progress as it runs; the result contains only the last lines. */
  run(args: readonly string[], print: (line: string) => void): Promise<CommandResult>;
}

/** The exit code of the process, and the lines for standard output. */
export interface CommandResult {
  exitCode: number;
  lines: string[];
}
