import { afterAll, beforeAll, describe } from 'vitest';
import { wireFormats } from '../ai/wire-formats.js';
import { openEngine, type Engine, type EngineName } from './engines.js';
import { providerTable } from './suites/provider-table.js';

const statuses = [307, 400, 401, 403, 404, 429, 500, 503, 529];

describe.each<EngineName>(['embedded', 'postgres'])('every provider on %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(name);
  });
  afterAll(() => engine.close());
  providerTable(() => engine, { formats: wireFormats, statuses, offsetStep: 1 });
});
