import { defineConfig } from 'vitest/config';

/** Tests of the domain that are fast enough to run once per mutant: without a server, a database or a browser. */
export default defineConfig({
  test: {
    include: [
      'tests/domain/**/*.test.ts',
      'tests/adapters/memory/*.test.ts',
      'tests/adapters/http/api.memory.test.ts',
    ],
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
