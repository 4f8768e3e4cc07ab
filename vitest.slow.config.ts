import { defineConfig, mergeConfig } from 'vitest/config';
import fast from './vitest.config.js';

/** Tests of servers, browsers and the installed package. */
export default mergeConfig(
  { ...fast, test: { ...fast.test, include: [] } },
  defineConfig({ test: { include: ['tests/**/*.slow.ts'], testTimeout: 240_000 } }),
);
