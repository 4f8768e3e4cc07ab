import type { JoinTransaction } from '../../ports/join-transaction.js';
import type { Stores } from '../../ports/stores.js';
import { postgresAccountImporter } from './account-importer.js';
import { postgresApiKeyStore } from './api-key-store.js';
import { postgresAuditLog } from './audit-log.js';
import { postgresAuthTokenStore } from './auth-token-store.js';
import { postgresChallengeStore } from './challenge-store.js';
import { postgresFactorStore } from './factor-store.js';
import { postgresPasskeyStore } from './passkey-store.js';
import { postgresCapStore } from './cap-store.js';
import { postgresHoldLedger } from './hold-ledger.js';
import { hostTransaction } from './host-transaction/host-transaction.js';
import { postgresConversationStore } from './conversation-store.js';
import { postgresCreditLedger } from './credit-ledger.js';
import { postgresEmailChangeStore } from './email-change-store.js';
import { postgresFirstAdminStore } from './first-admin-store.js';
import { postgresIdentityStore } from './identity-store.js';
import { postgresKnownNetworkStore } from './known-network-store.js';
import { postgresLedgerAudit } from './ledger-audit.js';
import { postgresLotLedger } from './lot-ledger.js';
import { postgresOneTimeTokenStore } from './one-time-token-store.js';
import { postgresOrderStore } from './order-store.js';
import { postgresRecordSearch } from './record-search.js';
import { postgresServiceKeyStore } from './service-key-store.js';
import { postgresSignInAttemptStore } from './sign-in-attempt-store.js';
import { postgresStatementReader } from './statement-reader.js';
import { postgresStatistics } from './statistics.js';
import { postgresUserDirectory } from './user-directory.js';
import { postgresUserStore } from './user-store.js';
import { postgresVoucherStore } from './voucher-store.js';
import type { Database } from './database.js';
import { postgresEventStore } from './event-store.js';
import { postgresNotificationStore } from './notification-store.js';
import { postgresWebhookStore } from './webhook-store.js';

/** All stores over one database, and the means to use them in a transaction of an embedding program. */
export interface PostgresStores extends Stores {
  joinTransaction: JoinTransaction;
}

/**
 * All stores over one database, PostgreSQL or embedded.
 *
 * @example
 * ```ts
 * import { poolDatabase, postgresStores } from 'metered-chat/postgres';
 *
 * const stores = postgresStores(poolDatabase(pool));
 * ```
 */
export function postgresStores(database: Database): PostgresStores {
  return {
    joinTransaction: (executor) => postgresStores(hostTransaction(executor, database.schema)),
    userStore: postgresUserStore(database),
    authTokenStore: postgresAuthTokenStore(database),
    apiKeyStore: postgresApiKeyStore(database),
    serviceKeyStore: postgresServiceKeyStore(database),
    knownNetworkStore: postgresKnownNetworkStore(database),
    identityStore: postgresIdentityStore(database),
    signInAttemptStore: postgresSignInAttemptStore(database),
    factorStore: postgresFactorStore(database),
    passkeyStore: postgresPasskeyStore(database),
    challengeStore: postgresChallengeStore(database),
    oneTimeTokenStore: postgresOneTimeTokenStore(database),
    emailChangeStore: postgresEmailChangeStore(database),
    creditLedger: postgresCreditLedger(database),
    holdLedger: postgresHoldLedger(database),
    lotLedger: postgresLotLedger(database),
    orderStore: postgresOrderStore(database),
    conversationStore: postgresConversationStore(database),
    capStore: postgresCapStore(database),
    ledgerAudit: postgresLedgerAudit(database),
    auditLog: postgresAuditLog(database),
    accountImporter: postgresAccountImporter(database),
    userDirectory: postgresUserDirectory(database),
    recordSearch: postgresRecordSearch(database),
    firstAdminStore: postgresFirstAdminStore(database),
    statistics: postgresStatistics(database),
    statementReader: postgresStatementReader(database),
    voucherStore: postgresVoucherStore(database),
    eventStore: postgresEventStore(database),
    webhookStore: postgresWebhookStore(database),
    notificationStore: postgresNotificationStore(database),
  };
}
