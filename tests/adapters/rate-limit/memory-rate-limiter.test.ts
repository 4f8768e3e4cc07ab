import * as vitest from 'vitest';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { rateLimiterContract } from '../../../src/testing/rate-limiter.contract.js';

rateLimiterContract(vitest, 'memory', () =>
  Promise.resolve({ limiters: [memoryRateLimiter()], close: () => Promise.resolve() }),
);
