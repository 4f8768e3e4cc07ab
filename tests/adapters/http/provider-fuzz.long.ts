import { test } from 'vitest';
import { repetitions } from '../../process/repetitions.js';
import { fuzzProvider } from './provider-fuzz.js';

test.each(['memory', 'postgres'] as const)(
  '10,000 mutated replies of providers end correctly on the %s engine, and the ledger is consistent',
  async (name) => {
    await fuzzProvider(name, repetitions(10_000));
  },
);
