import type { ApiKeyStore } from '../../src/ports/api-key-store.js';
import type { AuditLog } from '../../src/ports/audit-log.js';
import type { AuthTokenStore } from '../../src/ports/auth-token-store.js';
import type { ChatLedger } from '../../src/ports/chat-ledger.js';
import type { ConversationStore } from '../../src/ports/conversation-store.js';
import type { CreditLedger } from '../../src/ports/credit-ledger.js';
import type { LedgerAudit } from '../../src/ports/ledger-audit.js';
import type { OneTimeTokenStore } from '../../src/ports/one-time-token-store.js';
import type { UserStore } from '../../src/ports/user-store.js';

/** The stores of one adapter, over the same data. */
export interface Stores {
  userStore: UserStore;
  oneTimeTokenStore: OneTimeTokenStore;
  authTokenStore: AuthTokenStore;
  apiKeyStore: ApiKeyStore;
  auditLog: AuditLog;
  creditLedger: CreditLedger;
  chatLedger: ChatLedger;
  conversationStore: ConversationStore;
  ledgerAudit: LedgerAudit;
}

/** What a contract needs of an adapter. The data may hold accounts of other contracts. */
export interface StoreHarness {
  stores: Stores;
  /** Makes everything that is stored `ms` older. */
  advance(ms: number): Promise<void>;
  /** Disables an account, as an administrator would. */
  disable(userId: string): Promise<void>;
  close(): Promise<void>;
}

export type OpenStoreHarness = () => Promise<StoreHarness>;
