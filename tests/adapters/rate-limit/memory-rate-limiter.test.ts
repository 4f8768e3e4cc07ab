import { memoryRateLimiter } from '../../../src/adapters/rate-limit/memory-rate-limiter.js';
import { rateLimiterContract } from '../../contracts/rate-limiter.contract.js';

rateLimiterContract('memory', () =>
  Promise.resolve({ limiters: [memoryRateLimiter()], close: () => Promise.resolve() }),
);
