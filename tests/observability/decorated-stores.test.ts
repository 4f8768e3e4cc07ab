import { trace } from '@opentelemetry/api';
import * as vitest from 'vitest';
import { createMetrics } from '../../src/observability/metrics.js';
import { withStoreMetrics } from '../../src/observability/metric-decorators.js';
import { withHoldLedgerTraces } from '../../src/observability/trace-decorators.js';
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
    const holdLedger = withHoldLedgerTraces(stores.holdLedger, trace.getTracer('test'));
    return { ...harness, stores: withStoreMetrics({ ...stores, holdLedger }, createMetrics()) };
  },
  chosenSeed(),
);
