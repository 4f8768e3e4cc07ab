import { defineConfig } from 'vitest/config';
import { closingLineReporter } from './tests/setup/closing-line-reporter.js';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/setup/postgres-server.ts', 'tests/setup/embedded-template.ts'],
    reporters: ['default', closingLineReporter({ isLong: false })],
    pool: 'forks',
    // No mock outlives its test, and loading all modules for each file would take longer than most tests.
    isolate: false,
    restoreMocks: true,
    // More than the cores of a small machine: many tests wait for their servers.
    maxWorkers: 3,
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
