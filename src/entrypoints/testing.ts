// `metered-chat/testing`: the contract suites, for your own adapters.

export { accountImporterContract, type ImporterHarness } from '../testing/account-importer.contract.js';
export { apiKeyStoreContract } from '../testing/api-key-store.contract.js';
export { auditLogContract } from '../testing/audit-log.contract.js';
export { authTokenStoreContract } from '../testing/auth-token-store.contract.js';
export { holdLedgerContract } from '../testing/hold-ledger.contract.js';
export { capStoreContract } from '../testing/cap-store.contract.js';
export { challengeStoreContract } from '../testing/challenge-store.contract.js';
export { conversationStoreContract } from '../testing/conversation-store.contract.js';
export { creditLedgerContract } from '../testing/credit-ledger.contract.js';
export { emailChangeStoreContract } from '../testing/email-change-store.contract.js';
export { everyStoreContract, sharedHarness } from '../testing/every-store.contract.js';
export { factorStoreContract } from '../testing/factor-store.contract.js';
export { firstAdminStoreContract } from '../testing/first-admin-store.contract.js';
export { identityStoreContract } from '../testing/identity-store.contract.js';
export { knownNetworkStoreContract } from '../testing/known-network-store.contract.js';
export { ledgerAuditContract } from '../testing/ledger-audit.contract.js';
export { ledgerRacesContract, type RaceFigures } from '../testing/ledger-races.contract.js';
export { lotLedgerContract } from '../testing/lot-ledger.contract.js';
export { orderStoreContract } from '../testing/order-store.contract.js';
export {
  oneTimeTokenStoreContract,
  type OneTimeTokenHarness,
} from '../testing/one-time-token-store.contract.js';
export { paymentsContract } from '../testing/payments.contract.js';
export type { OpenPaymentsHarness, PaymentsHarness } from '../testing/payments/view.js';
export { passkeyStoreContract } from '../testing/passkey-store.contract.js';
export { recordSearchContract } from '../testing/record-search.contract.js';
export { rateLimiterContract, type RateLimiterHarness } from '../testing/rate-limiter.contract.js';
export { serviceKeyStoreContract } from '../testing/service-key-store.contract.js';
export { signInAttemptStoreContract } from '../testing/sign-in-attempt-store.contract.js';
export { statisticsContract } from '../testing/statistics.contract.js';
export { userDirectoryContract } from '../testing/user-directory.contract.js';
export { userStoreContract } from '../testing/user-store.contract.js';
export { voucherStoreContract } from '../testing/voucher-store.contract.js';
export { webhookStoreContract } from '../testing/webhook-store.contract.js';
export type { OpenStoreHarness, StoreHarness } from '../testing/store-harness.js';
export type { TestRunner } from '../testing/test-runner.js';
