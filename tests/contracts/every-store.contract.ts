import { afterAll, beforeAll } from 'vitest';
import { apiKeyStoreContract } from './api-key-store.contract.js';
import { auditLogContract } from './audit-log.contract.js';
import { authTokenStoreContract } from './auth-token-store.contract.js';
import { chatLedgerContract } from './chat-ledger.contract.js';
import { conversationStoreContract } from './conversation-store.contract.js';
import { creditLedgerContract } from './credit-ledger.contract.js';
import { ledgerAuditContract } from './ledger-audit.contract.js';
import { ledgerRacesContract } from './ledger-races.contract.js';
import { recordSearchContract } from './record-search.contract.js';
import { statisticsContract } from './statistics.contract.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import { userDirectoryContract } from './user-directory.contract.js';
import { userStoreContract } from './user-store.contract.js';

/** Opens one harness for all suites of a file, since some take seconds to open; answers how to get it. */
export function sharedHarness(openHarness: OpenStoreHarness): OpenStoreHarness {
  let harness: StoreHarness;
  beforeAll(async () => {
    harness = await openHarness();
  });
  afterAll(() => harness.close());
  return () => Promise.resolve({ ...harness, close: () => Promise.resolve() });
}

/** The contracts of all stores, over the same data, and a sample of the races. */
export function everyStoreContract(name: string, openHarness: OpenStoreHarness): void {
  const open = sharedHarness(openHarness);
  userStoreContract(name, open);
  authTokenStoreContract(name, open);
  apiKeyStoreContract(name, open);
  auditLogContract(name, open);
  creditLedgerContract(name, open);
  chatLedgerContract(name, open);
  conversationStoreContract(name, open);
  ledgerAuditContract(name, open);
  userDirectoryContract(name, open);
  recordSearchContract(name, open);
  statisticsContract(name, open);
  ledgerRacesContract(name, open, { seeds: 2, rounds: 25, exchanges: 50, crowds: 2 });
}
