import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { createMeters } from '../../src/observability/metrics/meters.js';
import { measuredAiModel } from '../../src/observability/metrics/measured-ai-model.js';
import { tracedAiModel } from '../../src/observability/traces/traced-ai-model.js';
import type { AiModel } from '../../src/ports/ai-model.js';

test('metrics and traces around a model say of it what it cannot do, as it says itself', () => {
  const reply: AiModel['reply'] = () => {
    throw new Error('never asked');
  };
  const limited: AiModel = { unsupported: ['seed'], limits: { temperature: 1 }, reply };
  const said = { unsupported: ['seed'], limits: { temperature: 1 } };
  expect(measuredAiModel(limited, 'm', createMeters())).toMatchObject(said);
  expect(tracedAiModel(limited, 'm', trace.getTracer('test'))).toMatchObject(said);
});
