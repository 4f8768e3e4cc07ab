import { defineConfig } from 'vitest/config';
import { closingLineReporter } from './tests/setup/closing-line-reporter.js';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/postgres-server.ts', 'tests/setup/embedded-template.ts'],
    reporters: ['default', closingLineReporter({ isLong: false })],
    pool: 'forks',
    // Nothing is mocked for more than a test, and loading everything anew for each file takes longer than most.
    isolate: false,
    restoreMocks: true,
    // More than an ordinary machine of two cores has: many wait for servers of their own.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
