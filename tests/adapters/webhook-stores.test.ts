import { afterAll, beforeAll, describe, test } from 'vitest';
import { webhookStoreContract } from '../../src/testing/webhook-store.contract.js';
import { memoryHarness } from './memory/memory-harness.js';
import { clockedSqlEngines } from './postgres/clocked-sql-harness.js';

const runner = { afterAll, beforeAll, describe, test };
webhookStoreContract(runner, 'memory', memoryHarness);
for (const [name, open] of Object.entries(clockedSqlEngines)) webhookStoreContract(runner, name, open);
