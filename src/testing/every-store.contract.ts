import { apiKeyStoreContract } from './api-key-store.contract.js';
import { auditLogContract } from './audit-log.contract.js';
import { authTokenStoreContract } from './auth-token-store.contract.js';
import { holdLedgerContract } from './hold-ledger.contract.js';
import { capStoreContract } from './cap-store.contract.js';
import { challengeStoreContract } from './challenge-store.contract.js';
import { conversationStoreContract } from './conversation-store.contract.js';
import { creditLedgerContract } from './credit-ledger.contract.js';
import { emailChangeStoreContract } from './email-change-store.contract.js';
import { factorStoreContract } from './factor-store.contract.js';
import { firstAdminStoreContract } from './first-admin-store.contract.js';
import { identityStoreContract } from './identity-store.contract.js';
import { knownNetworkStoreContract } from './known-network-store.contract.js';
import { ledgerAuditContract } from './ledger-audit.contract.js';
import { ledgerRacesContract } from './ledger-races.contract.js';
import { lotLedgerContract } from './lot-ledger.contract.js';
import { orderStoreContract } from './order-store.contract.js';
import { passkeyStoreContract } from './passkey-store.contract.js';
import { recordSearchContract } from './record-search.contract.js';
import { serviceKeyStoreContract } from './service-key-store.contract.js';
import { signInAttemptStoreContract } from './sign-in-attempt-store.contract.js';
import { statisticsContract } from './statistics.contract.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import { userDirectoryContract } from './user-directory.contract.js';
import { userStoreContract } from './user-store.contract.js';
import type { TestRunner } from './test-runner.js';
import { voucherStoreContract } from './voucher-store.contract.js';
import { webhookStoreContract } from './webhook-store.contract.js';

/**
 * Opens one harness for all suites of a file, since some take seconds to open. Returns a function that gives each suite that
 * harness.
 *
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { auditLogContract, creditLedgerContract, sharedHarness } from 'metered-chat/testing';
 *
 * const runner = { afterAll, beforeAll, describe, test };
 * const openShared = sharedHarness(runner, openHarness);
 * creditLedgerContract(runner, 'my database', openShared);
 * auditLogContract(runner, 'my database', openShared);
 * ```
 */
export function sharedHarness(runner: TestRunner, openHarness: OpenStoreHarness): OpenStoreHarness {
  const harness = openedHarness(runner, openHarness);
  return () => Promise.resolve({ ...harness(), close: () => Promise.resolve() });
}

/**
 * Runs the contracts of all stores against an adapter, over the same data, and a sample of the races.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the stores that are tested.
 * @param seed The seed of the races; random by default.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { everyStoreContract } from 'metered-chat/testing';
 *
 * everyStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
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
    serviceKeyStoreContract(runner, name, open);
    knownNetworkStoreContract(runner, name, open);
    identityStoreContract(runner, name, open);
    signInAttemptStoreContract(runner, name, open);
    factorStoreContract(runner, name, open);
    passkeyStoreContract(runner, name, open);
    challengeStoreContract(runner, name, open);
    emailChangeStoreContract(runner, name, open);
    auditLogContract(runner, name, open);
    creditLedgerContract(runner, name, open);
    holdLedgerContract(runner, name, open);
    capStoreContract(runner, name, open);
    lotLedgerContract(runner, name, open);
    orderStoreContract(runner, name, open);
    conversationStoreContract(runner, name, open);
    ledgerAuditContract(runner, name, open);
    userDirectoryContract(runner, name, open);
    recordSearchContract(runner, name, open);
    statisticsContract(runner, name, open);
    voucherStoreContract(runner, name, open);
    ledgerRacesContract(runner, name, open, { seed, seeds: 2, rounds: 25, exchanges: 50, crowds: 2 });
    // The last ones: they move the clock past the end of lots, which nothing expires then.
    firstAdminStoreContract(runner, name, open);
    webhookStoreContract(runner, name, open);
  });
}
