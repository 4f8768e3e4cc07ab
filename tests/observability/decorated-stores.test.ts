import { trace } from '@opentelemetry/api';
import * as vitest from 'vitest';
import { createMetrics } from '../../src/observability/metrics/metrics.js';
import { withStoreMetrics } from '../../src/observability/metrics/store-metrics.js';
import { withChatLedgerTraces } from '../../src/observability/traces/chat-ledger-traces.js';
import { everyStoreContract } from '../../src/testing/every-store.contract.js';
import { chosenSeed } from '../seed.js';
import { memoryHarness } from '../adapters/memory/memory-harness.js';

/** Decorated stores still fulfil their contract. */
everyStoreContract(
  vitest,
  'memory, with metrics and traces',
  async () => {
    const harness = await memoryHarness();
    const { stores } = harness;
    const chatLedger = withChatLedgerTraces(stores.chatLedger, trace.getTracer('test'));
    return { ...harness, stores: withStoreMetrics({ ...stores, chatLedger }, createMetrics()) };
  },
  chosenSeed(),
);
