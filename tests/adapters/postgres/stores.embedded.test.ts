import * as vitest from 'vitest';
import { chosenSeed } from '../../seed.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import { sqlEngines } from './sql-harness.js';

everyStoreContract(vitest, 'embedded', sqlEngines.embedded, chosenSeed());
