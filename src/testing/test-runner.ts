/**
 * What the suites need of a test runner. Vitest's and Jest's names are these; of `node:test` take `before` and `after`
 * for `beforeAll` and `afterAll`.
 */
export interface TestRunner {
  describe: (name: string, body: () => void) => unknown;
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Before and after everything in the suite that it stands in. */
  beforeAll: (work: () => Promise<void>) => unknown;
  afterAll: (work: () => Promise<void>) => unknown;
}
