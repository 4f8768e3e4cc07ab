import { expect, test } from 'vitest';
import { fullFigure } from '../../process/full-figure.js';
import { leaveInRounds } from './leaving-clients.js';

test.each(['embedded', 'postgres'] as const)(
  'clients that leave at any moment stop their model, pay what is due and leave no socket, on %s',
  async (name) => {
    const { kept, of } = await leaveInRounds(name, fullFigure(200));
    expect(kept).toBe(of);
  },
);
