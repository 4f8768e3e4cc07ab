import { expect, test } from 'vitest';
import { repetitions } from '../../process/repetitions.js';
import { disconnectInRounds } from './disconnecting-clients.js';

test.each(['embedded', 'postgres'] as const)(
  'clients that disconnect at any moment stop their model, are charged correctly and leave no socket open, on %s',
  async (name) => {
    const { passed, of } = await disconnectInRounds(name, repetitions(200));
    expect(passed).toBe(of);
  },
);
