import { defineConfig } from 'vitest/config';
import { closingLineReporter } from './tests/setup/closing-line-reporter.js';

const halfAnHourMs = 30 * 60 * 1000;

export default defineConfig({
  test: {
    include: ['tests/**/*.long.ts'],
    globalSetup: ['tests/setup/postgres-server.ts', 'tests/setup/embedded-template.ts'],
    reporters: ['default', closingLineReporter({ isLong: true })],
    pool: 'forks',
    maxWorkers: 1,
    expect: { poll: { timeout: 30_000 } },
    testTimeout: halfAnHourMs,
    hookTimeout: halfAnHourMs,
    // Prints the results of a test while the next one runs.
    disableConsoleIntercept: true,
  },
});
