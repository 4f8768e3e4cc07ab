import { apiKeyStoreContract } from './api-key-store.contract.js';
import { auditLogContract } from './audit-log.contract.js';
import { authTokenStoreContract } from './auth-token-store.contract.js';
import { chatLedgerContract } from './chat-ledger.contract.js';
import { conversationStoreContract } from './conversation-store.contract.js';
import { creditLedgerContract } from './credit-ledger.contract.js';
import { emailChangeStoreContract } from './email-change-store.contract.js';
import { firstAdminStoreContract } from './first-admin-store.contract.js';
import { knownNetworkStoreContract } from './known-network-store.contract.js';
import { ledgerAuditContract } from './ledger-audit.contract.js';
import { ledgerRacesContract } from './ledger-races.contract.js';
import { recordSearchContract } from './record-search.contract.js';
import { statisticsContract } from './statistics.contract.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import { userDirectoryContract } from './user-directory.contract.js';
import { userStoreContract } from './user-store.contract.js';
import type { TestRunner } from './test-runner.js';

/** Opens one harness for all suites of a file, since some take seconds to open; answers how to get it. */
export function sharedHarness(
  { beforeAll, afterAll }: TestRunner,
  openHarness: OpenStoreHarness,
): OpenStoreHarness {
  let harness: StoreHarness;
  beforeAll(async () => {
    harness = await openHarness();
  });
  afterAll(() => harness.close());
  return () => Promise.resolve({ ...harness, close: () => Promise.resolve() });
}

/**
 * The contracts of all stores, over the same data, and a sample of the races, with the chance that `seed` stands for.
 * `runner` is what the test runner offers.
 */
export function everyStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
  seed = Math.floor(Math.random() * 2 ** 31),
): void {
  runner.describe(`every store: ${name}`, () => {
    const open = sharedHarness(runner, openHarness);
    userStoreContract(runner, name, open);
    authTokenStoreContract(runner, name, open);
    apiKeyStoreContract(runner, name, open);
    knownNetworkStoreContract(runner, name, open);
    emailChangeStoreContract(runner, name, open);
    auditLogContract(runner, name, open);
    creditLedgerContract(runner, name, open);
    chatLedgerContract(runner, name, open);
    conversationStoreContract(runner, name, open);
    ledgerAuditContract(runner, name, open);
    userDirectoryContract(runner, name, open);
    recordSearchContract(runner, name, open);
    statisticsContract(runner, name, open);
    firstAdminStoreContract(runner, name, open);
    ledgerRacesContract(runner, name, open, { seed, seeds: 2, rounds: 25, exchanges: 50, crowds: 2 });
  });
}
