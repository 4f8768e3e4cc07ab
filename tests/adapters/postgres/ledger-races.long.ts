import { ledgerRacesContract } from '../../contracts/ledger-races.contract.js';
import { fullFigure } from '../../process/full-figure.js';
import { sqlEngines } from './sql-harness.js';

for (const [name, open] of Object.entries(sqlEngines)) {
  ledgerRacesContract(name, open, {
    seeds: fullFigure(20),
    rounds: fullFigure(500),
    exchanges: fullFigure(500),
    crowds: fullFigure(50),
  });
}
