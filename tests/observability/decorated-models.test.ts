import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { createMetrics } from '../../src/observability/metrics.js';
import { withModelMetrics } from '../../src/observability/metric-decorators.js';
import { withModelTraces } from '../../src/observability/trace-decorators.js';
import type { AiModel } from '../../src/ports/ai-model.js';

test('a decorated model reports the same unsupported features and limits', () => {
  const reply: AiModel['reply'] = () => {
    throw new Error('must not be called');
  };
  const limited: AiModel = { unsupported: ['seed'], limits: { temperature: 1 }, reply };
  const capabilities = { unsupported: ['seed'], limits: { temperature: 1 } };
  expect(withModelMetrics(limited, 'm', createMetrics())).toMatchObject(capabilities);
  expect(withModelTraces(limited, 'm', trace.getTracer('test'))).toMatchObject(capabilities);
});
