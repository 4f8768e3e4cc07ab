import { afterAll, beforeAll, describe, test } from 'vitest';
import { webhookStoreContract } from '../../src/testing/webhook-store.contract.js';
import { clockedSqlEngines } from './postgres/clocked-sql-harness.js';

// With clocks of the tests: so a window of a cap can end.
const runner = { afterAll, beforeAll, describe, test };
for (const [name, open] of Object.entries(clockedSqlEngines))
  webhookStoreContract(runner, `${name}, with a clock`, open);
