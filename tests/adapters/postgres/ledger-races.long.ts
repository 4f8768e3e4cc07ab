import * as vitest from 'vitest';
import { chosenSeed } from '../../seed.js';
import { ledgerRacesContract } from '../../../src/testing/ledger-races.contract.js';
import { repetitions } from '../../process/repetitions.js';
import { sqlEngines } from './sql-harness.js';

for (const [name, open] of Object.entries(sqlEngines)) {
  ledgerRacesContract(vitest, name, open, {
    seed: chosenSeed(),
    seeds: repetitions(20),
    rounds: repetitions(500),
    exchanges: repetitions(500),
    crowds: repetitions(50),
  });
}
