import type { AccountImporter } from '../../ports/account-importer.js';
import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { ChatLedger } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { LedgerAudit } from '../../ports/ledger-audit.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { UserStore } from '../../ports/user-store.js';
import { memoryAccountImporter } from './account-importer.js';
import { memoryApiKeyStore } from './api-key-store.js';
import { memoryAuditLog } from './audit-log.js';
import { memoryAuthTokenStore } from './auth-token-store.js';
import { memoryChatLedger } from './chat-ledger.js';
import { memoryConversationStore } from './conversation-store.js';
import { memoryCreditLedger } from './credit-ledger.js';
import { memoryLedgerAudit } from './ledger-audit.js';
import { memoryOneTimeTokenStore } from './one-time-token-store.js';
import { emptyState, type MemoryState } from './state.js';
import { memoryUserStore } from './user-store.js';

/** The stores that share one state. */
export interface MemoryStores {
  userStore: UserStore;
  authTokenStore: AuthTokenStore;
  apiKeyStore: ApiKeyStore;
  oneTimeTokenStore: OneTimeTokenStore;
  creditLedger: CreditLedger;
  chatLedger: ChatLedger;
  conversationStore: ConversationStore;
  ledgerAudit: LedgerAudit;
  auditLog: AuditLog;
  accountImporter: AccountImporter;
}

/** All stores in this process's memory, for embedders and their tests; what they know is gone when it ends. */
export function memoryStores(clock: Pick<Clock, 'now'>, state: MemoryState = emptyState()): MemoryStores {
  return {
    userStore: memoryUserStore(state, clock),
    authTokenStore: memoryAuthTokenStore(state, clock),
    apiKeyStore: memoryApiKeyStore(state, clock),
    oneTimeTokenStore: memoryOneTimeTokenStore(state, clock),
    creditLedger: memoryCreditLedger(state, clock),
    chatLedger: memoryChatLedger(state, clock),
    conversationStore: memoryConversationStore(state),
    ledgerAudit: memoryLedgerAudit(state, clock),
    auditLog: memoryAuditLog(state, clock),
    accountImporter: memoryAccountImporter(state, clock),
  };
}
