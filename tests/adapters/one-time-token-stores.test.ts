import * as vitest from 'vitest';
import { oneTimeTokenStoreContract } from '../../src/testing/one-time-token-store.contract.js';
import { openEngine } from './http/engines.js';

for (const name of ['memory', 'embedded', 'postgres'] as const) {
  oneTimeTokenStoreContract(vitest, name, () => openEngine(name));
}
