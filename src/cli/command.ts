import type { Core } from '../domain/core.js';

/** A command of the command line. */
export interface Command {
  name: string;
  /** What follows the name in the usage. */
  parameters: string;
  summary: string;
  /** True if it may create a database. On an empty one the other commands would have nothing to do. */
  createsDatabase: boolean;
  run(core: Core, args: readonly string[]): Promise<CommandResult>;
}

/** The exit code of the process, and the lines for standard output. */
export interface CommandResult {
  exitCode: number;
  lines: string[];
}
