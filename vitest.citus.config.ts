import { defineConfig, mergeConfig } from 'vitest/config';
import fast from './vitest.config.js';

/** The contracts of the stores on a real Citus, whose coordinator is TEST_CITUS_URL. */
export default mergeConfig(
  { ...fast, test: { ...fast.test, include: [], globalSetup: [] } },
  defineConfig({ test: { include: ['tests/**/*.citus.ts'], testTimeout: 300_000, hookTimeout: 120_000 } }),
);
