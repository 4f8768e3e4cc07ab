/**
 * What the suites need of a test runner. Vitest's and Jest's names are these; of `node:test` take `before` and `after`
 * for `beforeAll` and `afterAll`.
 */
export interface TestRunner {
  /** Groups tests under a name. */
  describe: (name: string, body: () => void) => unknown;
  /** Runs a test, which fails when it rejects. */
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Before and after everything in the suite that it stands in. */
  beforeAll: (work: () => Promise<void>) => unknown;
  /** Runs once after the tests of its group. */
  afterAll: (work: () => Promise<void>) => unknown;
}
