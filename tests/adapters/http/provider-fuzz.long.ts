import { test } from 'vitest';
import { fullFigure } from '../../process/full-figure.js';
import { fuzzProvider } from './provider-fuzz.js';

test.each(['memory', 'postgres'] as const)(
  '10,000 mutated replies of providers end correctly on the %s engine, and the ledger is consistent',
  async (name) => {
    await fuzzProvider(name, fullFigure(10_000));
  },
);
