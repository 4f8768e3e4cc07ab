import { defineConfig, mergeConfig } from 'vitest/config';
import fast from './vitest.config.js';

/** What takes servers, browsers and an installed package, each in many ways. */
export default mergeConfig(
  { ...fast, test: { ...fast.test, include: [] } },
  defineConfig({ test: { include: ['tests/**/*.slow.ts'], testTimeout: 120_000 } }),
);
