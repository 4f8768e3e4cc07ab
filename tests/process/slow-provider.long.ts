import { describe, test } from 'vitest';
import { killDuringStreams, stopDuringStreams } from './slow-provider.js';
import { storagePerTest } from './storage.js';

describe.each(['embedded', 'PostgreSQL'] as const)('on %s', (engine) => {
  const storage = storagePerTest(engine);

  test.each([
    { what: 'stops', work: stopDuringStreams },
    { what: 'is killed', work: killDuringStreams },
  ])('a server that $what during 20 streams leaves no hold open', ({ work }) => work(storage()));
});
