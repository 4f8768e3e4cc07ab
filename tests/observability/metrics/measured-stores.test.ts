import { trace } from '@opentelemetry/api';
import * as vitest from 'vitest';
import { createMeters } from '../../../src/observability/metrics/meters.js';
import { measuredStores } from '../../../src/observability/metrics/measured-stores.js';
import { tracedChatLedger } from '../../../src/observability/traces/traced-chat-ledger.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import { chosenSeed } from '../../seed.js';
import { memoryHarness } from '../../adapters/memory/memory-harness.js';

/** What is looked on at promises all that it promised before. */
everyStoreContract(
  vitest,
  'memory, observed and traced',
  async () => {
    const harness = await memoryHarness();
    const { stores } = harness;
    const chatLedger = tracedChatLedger(stores.chatLedger, trace.getTracer('test'));
    return { ...harness, stores: measuredStores({ ...stores, chatLedger }, createMeters()) };
  },
  chosenSeed(),
);
