import { test } from 'vitest';
import { fuzzApi } from './fuzz.js';

test.each(['memory', 'embedded', 'postgres'] as const)(
  '10,000 random requests on the %s engine get no 5xx',
  async (name) => {
    await fuzzApi(name, 10_000);
  },
);
