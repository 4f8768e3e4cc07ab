import { test } from 'vitest';
import { fuzzApi } from './fuzz.js';

test.each([
  { name: 'memory', requests: 500 },
  { name: 'embedded', requests: 100 },
  { name: 'postgres', requests: 200 },
] as const)('$requests random requests on the $name engine get no 5xx', async ({ name, requests }) => {
  await fuzzApi(name, requests);
});
