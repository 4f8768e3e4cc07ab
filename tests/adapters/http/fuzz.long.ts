import { test } from 'vitest';
import { fuzzApi } from './fuzz.js';

/** How many requests to send: 10,000 by default. */
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);

test.each(['memory', 'embedded', 'postgres'] as const)(
  `${requests.toLocaleString('en')} random requests on the %s engine get no 5xx`,
  async (name) => {
    await fuzzApi(name, requests);
  },
);
