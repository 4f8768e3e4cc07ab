import { test } from 'vitest';
import { fuzzApi } from './fuzz.js';

test.each(['memory', 'embedded', 'postgres'] as const)(
  '500 random requests on the %s engine get no 5xx',
  async (name) => {
    await fuzzApi(name, 500);
  },
);
