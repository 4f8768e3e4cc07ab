import type { Clock } from '../../ports/clock.js';
import type { Stores } from '../../ports/stores.js';
import { memoryAccountImporter } from './account-importer.js';
import { memoryApiKeyStore } from './api-key-store.js';
import { memoryAuditLog } from './audit-log.js';
import { memoryAuthTokenStore } from './auth-token-store.js';
import { memoryEventStore } from './event-store.js';
import { memoryNotificationStore } from './notification-store.js';
import { memoryWebhookStore } from './webhook-store.js';
import { memoryChallengeStore } from './challenge-store.js';
import { memoryFactorStore } from './factor-store.js';
import { memoryPasskeyStore } from './passkey-store.js';
import { memoryCapStore } from './cap-store.js';
import { memoryHoldLedger } from './hold-ledger.js';
import { memoryConversationStore } from './conversation-store.js';
import { memoryCreditLedger } from './credit-ledger.js';
import { memoryEmailChangeStore } from './email-change-store.js';
import { memoryFirstAdminStore } from './first-admin-store.js';
import { memoryIdentityStore } from './identity-store.js';
import { memoryKnownNetworkStore } from './known-network-store.js';
import { memoryLedgerAudit } from './ledger-audit.js';
import { memoryLotLedger } from './lot-ledger.js';
import { memoryOneTimeTokenStore } from './one-time-token-store.js';
import { memoryOrderStore } from './order-store.js';
import { memoryRecordSearch } from './record-search.js';
import { memoryServiceKeyStore } from './service-key-store.js';
import { memorySignInAttemptStore } from './sign-in-attempt-store.js';
import { memoryStatementReader } from './statement-reader.js';
import { memoryStatistics } from './statistics.js';
import { memoryUserDirectory } from './user-directory.js';
import { emptyState, type MemoryState } from './state.js';
import { memoryUserStore } from './user-store.js';
import { memoryVoucherStore } from './voucher-store.js';

const systemClock: Pick<Clock, 'now'> = { now: () => new Date() };

/**
 * All stores in the memory of this process, for embedders and tests. The data is lost when the process ends.
 *
 * @example
 * ```ts
 * import { memoryStores } from 'metered-chat/memory';
 *
 * const { creditLedger, userStore } = memoryStores();
 * ```
 */
export function memoryStores(
  clock: Pick<Clock, 'now'> = systemClock,
  state: MemoryState = emptyState(),
): Stores {
  return {
    userStore: memoryUserStore(state, clock),
    authTokenStore: memoryAuthTokenStore(state, clock),
    apiKeyStore: memoryApiKeyStore(state, clock),
    serviceKeyStore: memoryServiceKeyStore(state, clock),
    knownNetworkStore: memoryKnownNetworkStore(state, clock),
    identityStore: memoryIdentityStore(state, clock),
    signInAttemptStore: memorySignInAttemptStore(state, clock),
    factorStore: memoryFactorStore(state, clock),
    passkeyStore: memoryPasskeyStore(state, clock),
    challengeStore: memoryChallengeStore(state, clock),
    oneTimeTokenStore: memoryOneTimeTokenStore(state, clock),
    emailChangeStore: memoryEmailChangeStore(state, clock),
    creditLedger: memoryCreditLedger(state, clock),
    holdLedger: memoryHoldLedger(state, clock),
    lotLedger: memoryLotLedger(state, clock),
    orderStore: memoryOrderStore(state, clock),
    conversationStore: memoryConversationStore(state),
    capStore: memoryCapStore(state, clock),
    ledgerAudit: memoryLedgerAudit(state, clock),
    auditLog: memoryAuditLog(state, clock),
    accountImporter: memoryAccountImporter(state, clock),
    userDirectory: memoryUserDirectory(state),
    recordSearch: memoryRecordSearch(state),
    firstAdminStore: memoryFirstAdminStore(state, clock),
    statistics: memoryStatistics(state),
    statementReader: memoryStatementReader(state, clock),
    voucherStore: memoryVoucherStore(state, clock),
    eventStore: memoryEventStore(state, clock),
    webhookStore: memoryWebhookStore(state, clock),
    notificationStore: memoryNotificationStore(state),
  };
}
