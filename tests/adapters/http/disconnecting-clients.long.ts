import { expect, test } from 'vitest';
import { fullFigure } from '../../process/full-figure.js';
import { disconnectInRounds } from './disconnecting-clients.js';

test.each(['embedded', 'postgres'] as const)(
  'clients that leave at any moment stop their model, pay what is due and leave no socket, on %s',
  async (name) => {
    const { kept, of } = await disconnectInRounds(name, fullFigure(200));
    expect(kept).toBe(of);
  },
);
