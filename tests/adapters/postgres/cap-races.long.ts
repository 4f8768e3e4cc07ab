import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import type { Stores } from '../../../src/ports/stores.js';
import { raceForTheCaps } from '../../../src/testing/caps/race.js';
import { repetitions } from '../../process/repetitions.js';
import { chosenSeed } from '../../seed.js';
import { sqlEngines } from './sql-harness.js';

interface Opened {
  stores: Stores;
  close: () => Promise<void>;
}

const engines: Record<string, () => Promise<Opened>> = {
  ...sqlEngines,
  memory: () => Promise.resolve({ stores: memoryStores(), close: () => Promise.resolve() }),
};

describe.each(Object.entries(engines))('caps on %s', (name, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test('of 200 at once below three caps, exactly as many are reserved as fit, each time', async () => {
    const seed = chosenSeed();
    const seeds = Array.from({ length: repetitions(20) }, (_, index) => seed + index);
    const { kept, of } = await raceForTheCaps(opened.stores, seeds);
    console.log(`${kept} of ${of} times exactly 37 of 200 below caps, on ${name} (seeds from ${seed})`);
    expect(kept).toBe(of);
  });
});
