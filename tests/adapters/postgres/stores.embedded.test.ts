import { everyStoreContract } from '../../contracts/every-store.contract.js';
import { sqlEngines } from './sql-harness.js';

everyStoreContract('embedded', sqlEngines.embedded);
