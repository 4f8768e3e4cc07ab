import { afterAll, beforeAll, describe, test } from 'vitest';
import { paymentsContract } from '../../../src/testing/payments.contract.js';
import { openDemoHarness } from './demo-harness.js';
import { openStripeHarness } from './stripe-harness.js';

const runner = { afterAll, beforeAll, describe, test };

paymentsContract(runner, 'stripe', () => openStripeHarness());
paymentsContract(runner, 'demo', () => Promise.resolve(openDemoHarness()));
