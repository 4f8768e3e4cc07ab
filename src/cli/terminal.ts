import { createInterface } from 'node:readline';

/** What a command needs of the terminal that it runs in. */
export interface Terminal {
  /** True when a person can be asked. */
  isInteractive: boolean;
  /** The next line of standard input, without its end; null when there is none. */
  readLine(): Promise<string | null>;
}

/** What a command has to say, and how the process is to end. */
export interface CommandResult {
  exitCode: number;
  lines: string[];
}

/** The process's own standard input. */
export function processTerminal(): Terminal {
  return {
    isInteractive: process.stdin.isTTY,
    async readLine() {
      const lines = createInterface({ input: process.stdin });
      for await (const line of lines) return line;
      return null;
    },
  };
}
