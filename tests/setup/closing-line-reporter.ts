import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { chromiumPath } from '../pages/chromium.js';
import { postgresPrograms, programPath } from './programs.js';

/** Messages about tests that were skipped because a program is missing on this machine. */
const skipMessages = {
  every: () =>
    chromiumPath() === null
      ? ['The tests of the pages were skipped: set CHROMIUM_PATH, or install Chromium.']
      : [],
  long: () => [
    ...(programPath('pgbouncer') === null
      ? ['The tests with PgBouncer were skipped: install pgbouncer.']
      : []),
    ...(postgresPrograms() === null
      ? ['The tests of pg_dump and pg_restore were skipped: install the Debian package postgresql.']
      : []),
  ],
};

/**
 * Prints `N passed, N failed` as the last line of a run, and before it which tests were skipped. A failure of a file or a
 * hook counts as one failed test.
 */
export function closingLineReporter(options: { isLong: boolean }): Reporter {
  let isWatching = false;
  return {
    onInit(vitest: Vitest) {
      isWatching = vitest.config.watch;
    },
    onTestRunEnd(testModules, unhandledErrors) {
      let passed = 0;
      let failed = unhandledErrors.length;
      for (const testModule of testModules) {
        const found = countTests(testModule);
        passed += found.passed;
        failed += found.failed === 0 && !testModule.ok() ? 1 : found.failed;
      }
      const print = () => {
        for (const line of [...skipMessages.every(), ...(options.isLong ? skipMessages.long() : [])])
          process.stdout.write(`${line}\n`);
        process.stdout.write(`${passed} passed, ${failed} failed\n`);
      };
      // Other reporters and the teardown may still print lines.
      if (isWatching) print();
      else process.once('exit', print);
    },
  };
}

function countTests(testModule: TestModule): { passed: number; failed: number } {
  let passed = 0;
  let failed = 0;
  for (const testCase of testModule.children.allTests()) {
    const { state } = testCase.result();
    if (state === 'passed') passed += 1;
    if (state === 'failed') failed += 1;
  }
  return { passed, failed };
}
