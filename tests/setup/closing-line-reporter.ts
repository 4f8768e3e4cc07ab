import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { chromiumPath } from '../pages/chromium.js';
import { postgresPrograms, programPath } from './programs.js';

/** What tests need that a machine may lack, by the run that they belong to, and how what was left out is told. */
const lacking = {
  every: () =>
    chromiumPath() === null
      ? ['The tests of the pages were left out: set CHROMIUM_PATH, or install Chromium.']
      : [],
  long: () => [
    ...(programPath('pgbouncer') === null
      ? ['The tests behind PgBouncer were left out: install pgbouncer.']
      : []),
    ...(postgresPrograms() === null
      ? ['The tests of pg_dump and pg_restore were left out: install the Debian package postgresql.']
      : []),
  ],
};

/**
 * Prints `N passed, N failed` as the last line of a run, and before it what this machine could not test; a file or a
 * hook that broke counts as one failure.
 */
export function closingLineReporter(options: { isLong: boolean }): Reporter {
  let watches = false;
  return {
    onInit(vitest: Vitest) {
      watches = vitest.config.watch;
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
        for (const line of [...lacking.every(), ...(options.isLong ? lacking.long() : [])])
          process.stdout.write(`${line}\n`);
        process.stdout.write(`${passed} passed, ${failed} failed\n`);
      };
      // Other reporters and the teardown of the setup may still print something.
      if (watches) print();
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
