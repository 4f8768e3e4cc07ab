import { test } from 'vitest';
import { fuzzProvider } from './provider-fuzz.js';

test.each([
  { name: 'memory', replies: 320 },
  { name: 'postgres', replies: 160 },
] as const)(
  '$replies mutated replies of providers end correctly on the $name engine, and the ledger is consistent',
  async ({ name, replies }) => {
    await fuzzProvider(name, replies);
  },
);
