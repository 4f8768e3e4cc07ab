/**
 * The functions of a test runner that the suites use. Vitest and Jest have them under these names; for `node:test`, pass
 * `before` and `after` as `beforeAll` and `afterAll`.
 */
export interface TestRunner {
  /** Groups tests under a name. */
  describe: (name: string, body: () => void) => unknown;
  /** Runs a test, which fails if it rejects. */
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Runs once before the tests of its group. */
  beforeAll: (work: () => Promise<void>) => unknown;
  /** Runs once after the tests of its group. */
  afterAll: (work: () => Promise<void>) => unknown;
}
