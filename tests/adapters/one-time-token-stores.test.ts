import { oneTimeTokenStoreContract } from '../contracts/one-time-token-store.contract.js';
import { openEngine } from './http/engines.js';

for (const name of ['memory', 'embedded', 'postgres'] as const) {
  oneTimeTokenStoreContract(name, () => openEngine(name));
}
