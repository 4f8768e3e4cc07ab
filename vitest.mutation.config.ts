import { defineConfig } from 'vitest/config';

/** What shows the domain's rules without a server, a database or a browser, so that it can be run once per mutant. */
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
