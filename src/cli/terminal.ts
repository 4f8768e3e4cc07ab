import { createInterface } from 'node:readline';

/** The terminal that a command runs in. */
export interface Terminal {
  /** True if a person can be asked. */
  isInteractive: boolean;
  /** Returns the next line of standard input without its end; null if there is none. */
  readLine(): Promise<string | null>;
}

/** The standard input of the process. */
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
