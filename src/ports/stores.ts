import type { AccountImporter } from './account-importer.js';
import type { ApiKeyStore } from './api-key-store.js';
import type { AuditLog } from './audit-log.js';
import type { AuthTokenStore } from './auth-token-store.js';
import type { CapStore } from './cap-store.js';
import type { HoldLedger } from './hold-ledger.js';
import type { ConversationStore } from './conversation-store.js';
import type { CreditLedger } from './credit-ledger.js';
import type { EmailChangeStore } from './email-change-store.js';
import type { FirstAdminStore } from './first-admin-store.js';
import type { KnownNetworkStore } from './known-network-store.js';
import type { LedgerAudit } from './ledger-audit.js';
import type { LotLedger } from './lot-ledger.js';
import type { OneTimeTokenStore } from './one-time-token-store.js';
import type { RecordSearch } from './record-search.js';
import type { ServiceKeyStore } from './service-key-store.js';
import type { Statistics } from './statistics.js';
import type { UserDirectory } from './user-directory.js';
import type { UserStore } from './user-store.js';
import type { VoucherStore } from './voucher-store.js';

/** All stores. Those of one adapter share the same data. */
export interface Stores {
  userStore: UserStore;
  authTokenStore: AuthTokenStore;
  apiKeyStore: ApiKeyStore;
  serviceKeyStore: ServiceKeyStore;
  knownNetworkStore: KnownNetworkStore;
  oneTimeTokenStore: OneTimeTokenStore;
  emailChangeStore: EmailChangeStore;
  creditLedger: CreditLedger;
  holdLedger: HoldLedger;
  lotLedger: LotLedger;
  conversationStore: ConversationStore;
  capStore: CapStore;
  ledgerAudit: LedgerAudit;
  auditLog: AuditLog;
  accountImporter: AccountImporter;
  userDirectory: UserDirectory;
  recordSearch: RecordSearch;
  firstAdminStore: FirstAdminStore;
  statistics: Statistics;
  voucherStore: VoucherStore;
}
