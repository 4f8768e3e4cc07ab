import * as vitest from 'vitest';
import { chosenSeed } from '../../seed.js';
import { ledgerRacesContract } from '../../../src/testing/ledger-races.contract.js';
import { fullFigure } from '../../process/full-figure.js';
import { sqlEngines } from './sql-harness.js';

for (const [name, open] of Object.entries(sqlEngines)) {
  ledgerRacesContract(vitest, name, open, {
    seed: chosenSeed(),
    seeds: fullFigure(20),
    rounds: fullFigure(500),
    exchanges: fullFigure(500),
    crowds: fullFigure(50),
  });
}
