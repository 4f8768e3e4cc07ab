import { everyStoreContract } from '../../contracts/every-store.contract.js';
import { memoryHarness } from './memory-harness.js';

everyStoreContract('memory', memoryHarness);
