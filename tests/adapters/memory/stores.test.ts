import * as vitest from 'vitest';
import { chosenSeed } from '../../seed.js';
import { everyStoreContract } from '../../../src/testing/every-store.contract.js';
import { memoryHarness } from './memory-harness.js';

everyStoreContract(vitest, 'memory', memoryHarness, chosenSeed());
