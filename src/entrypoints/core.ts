// `metered-chat`: the core and the port types. It imports no package and no Node module.

export { createCore, type Core } from '../domain/core.js';
export { periodicJobs, type PeriodicJob } from '../domain/periodic-jobs.js';
export type { CorePorts, Ports } from '../domain/ports.js';
export {
  DomainError,
  errorKinds,
  isDomainError,
  type ErrorCode,
  type ErrorDetails,
  type ErrorKind,
} from '../domain/errors.js';
export { defaultPolicy, type Policy } from '../domain/policy.js';
export {
  defaultLimits,
  noLimits,
  type Limit,
  type Limits,
  type LimitState,
} from '../domain/limits/rate-limits.js';
export {
  defaultTerms,
  type ModelOfferInput,
  type ModelOffer,
  type OfferedModel,
} from '../domain/chat/model-offer.js';
export type { Price, Rates } from '../domain/metering/price.js';
export type {
  SendMessageRequest,
  MessageChunk,
  CompletionOptions,
  SendMessageInput,
  SentMessage,
} from '../domain/chat/message.js';
export type { AccountRequest } from '../domain/chat/access.js';
export type { CountInputRequest } from '../domain/chat/count-input.js';
export { branchOf } from '../domain/chat/branch.js';
export type { Branch, BranchParent, BranchPlace, ExchangeLink } from '../domain/chat/branch.js';
export type {
  Conversation,
  ConversationChange,
  ConversationFilter,
  FoundConversation,
  ConversationSettings,
  EarlierExchange,
} from '../domain/chat/conversation.js';
export { messageText } from '../domain/chat/model-message.js';
export { summarizeAttachments, type Attachment, type AttachmentSummary } from '../domain/chat/attachment.js';
export type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
export type { Usage } from '../domain/metering/usage.js';
export { maxCredits, type Balance, type Entry, type EntryKind } from '../domain/ledger/entry.js';
export type { CreditUnit } from '../domain/ledger/credit-unit.js';
export type { ChargeDetails, EndKey, Hold, HoldState, JsonValue } from '../domain/metering/hold.js';
export type { MeteredHold, MeteredStatus } from '../domain/metering/metered-hold.js';
export type { ReserveCreditsInput } from '../domain/metering/reserve-credits.js';
export type { EndHoldInput, HoldRequest, SettleHoldInput } from '../domain/metering/settle-hold.js';
export type { SpendCreditsInput } from '../domain/metering/spend-credits.js';
export { noWalletRules, type WalletRules } from '../domain/metering/wallet-rules.js';
export type { Cap, CapScope, CapSetter, CapState, DefaultCap, StoredCap } from '../domain/metering/cap.js';
export type { CapInput, SetCap } from '../domain/metering/set-cap.js';
export { isSound, type LedgerAuditReport } from '../domain/ledger/invariants.js';
export type { Page, PageRequest, SearchPage, SearchPageRequest } from '../domain/page.js';
export {
  unknownOrigin,
  type AuditAction,
  type AuditEvent,
  type Origin,
} from '../domain/audit/audit-event.js';
export type { Language } from '../domain/mails/language.js';
export type { AuditChange, AuditDetails, AuditValue } from '../domain/audit/audit-details.js';
export {
  operatorCaller,
  type AdminCaller,
  type ApiKeyCaller,
  type Caller,
  type IdentifiedCaller,
  type OperatorCaller,
  type ServiceCaller,
} from '../domain/auth/caller.js';
export type { OpenedSession, Session } from '../domain/auth/session.js';
export type { ApiKey } from '../domain/auth/api-key.js';
export type { ServiceKey, ServiceScope } from '../domain/auth/service-key.js';
export type { TransactionUseCases } from '../domain/transaction-use-cases.js';
export type { ForeignCaller, ForeignUser } from '../domain/users/adopt-user.js';
export type { EmailChange } from '../domain/users/email-change.js';
export type { Statement, StatementFacts, StatementLine, StatementLot } from '../domain/ledger/statement.js';
export type { RedeemedVoucher } from '../domain/vouchers/redeem-voucher.js';
export type { Redemption, VoucherBatch, VoucherTerms } from '../domain/vouchers/voucher.js';
export type { GroupRight } from '../domain/identities/group-rights.js';
export type { Identity, IdentityName } from '../domain/identities/identity.js';
export type { Factors, Passkey, TwoFactorRule } from '../domain/factors/factor.js';
export type { FactorMethod } from '../domain/factors/factor-method.js';
export type { PresentedFactor } from '../domain/factors/check-factor.js';
export type { OwnFactors } from '../domain/factors/read-factors.js';
export type { TotpSetup } from '../domain/factors/totp.js';
export type { PresentedProof } from '../domain/auth/prove-identity.js';
export type { ProviderResponse, StartedSignIn } from '../domain/identities/sign-in-attempt.js';
export type { Role, User, UserStatus } from '../domain/users/user.js';

export type * from '../ports/account-importer.js';
export type * from '../ports/ai-model.js';
export type * from '../ports/api-key-store.js';
export type * from '../ports/audit-log.js';
export type * from '../ports/auth-token-store.js';
export type * from '../ports/cap-store.js';
export type * from '../ports/challenge-store.js';
export type * from '../ports/factor-store.js';
export type * from '../ports/hold-ledger.js';
export type * from '../ports/clock.js';
export type * from '../ports/common-passwords.js';
export type * from '../ports/conversation-store.js';
export type * from '../ports/credit-ledger.js';
export type * from '../ports/demo-checkout.js';
export type * from '../ports/email-change-store.js';
export type * from '../ports/first-admin-store.js';
export type * from '../ports/foreign-hashes.js';
export type * from '../ports/identity-provider.js';
export type * from '../ports/identity-store.js';
export type * from '../ports/ids.js';
export type * from '../ports/join-transaction.js';
export type * from '../ports/known-network-store.js';
export type * from '../ports/ledger-audit.js';
export type * from '../ports/log.js';
export type * from '../ports/mailer.js';
export type * from '../ports/one-time-token-store.js';
export type * from '../ports/passkey-store.js';
export type * from '../ports/passkey-verifier.js';
export type * from '../ports/password-hasher.js';
export type * from '../ports/payments.js';
export type * from '../ports/rate-limiter.js';
export type * from '../ports/record-search.js';
export type * from '../ports/secret-cipher.js';
export type * from '../ports/secrets.js';
export type * from '../ports/service-key-store.js';
export type * from '../ports/sign-in-attempt-store.js';
export type * from '../ports/statement-reader.js';
export type * from '../ports/statistics.js';
export type * from '../ports/stores.js';
export type * from '../ports/totp-codes.js';
export type * from '../ports/user-directory.js';
export type * from '../ports/user-store.js';
export type * from '../ports/voucher-store.js';
