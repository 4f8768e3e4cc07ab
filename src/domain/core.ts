import type { Clock } from '../ports/clock.js';
import type { CommonPasswords } from '../ports/common-passwords.js';
import type { ConversationReference } from '../ports/conversation-store.js';
import type { ForeignHashes } from '../ports/foreign-hashes.js';
import type { Ids } from '../ports/ids.js';
import type { Mailer } from '../ports/mailer.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Secrets } from '../ports/secrets.js';
import type { Stores } from '../ports/stores.js';
import type { UserPlace, UserQuery } from '../ports/user-directory.js';
import type { Origin } from './audit/audit-event.js';
import { authenticate } from './auth/authenticate.js';
import { signIn, type SignInInput } from './auth/sign-in.js';
import type { Caller } from './auth/caller.js';
import { changePassword, type ChangePasswordInput } from './auth/change-password.js';
import { createKey, type CreateKeyInput } from './auth/create-key.js';
import { endOtherSessions, endSession, signOut } from './auth/end-sessions.js';
import { refreshSession } from './auth/refresh-session.js';
import { removeKey } from './auth/remove-key.js';
import { requestReset } from './auth/request-reset.js';
import { resetPassword, type ResetPasswordInput } from './auth/reset-password.js';
import { eraseConversation } from './chat/erase-conversation.js';
import { expireHolds } from './chat/expire-holds.js';
import { offeredModels, type ModelOffers } from './chat/model-offer.js';
import { refuseOfferFaults } from './chat/offer-chain.js';
import { readConversation } from './chat/read-conversation.js';
import { renameConversation } from './chat/rename-conversation.js';
import { sendMessage, streamMessage } from './chat/send-message.js';
import type { SendMessageInput } from './chat/sent-message.js';
import type { SourceRecord } from './import/account-source.js';
import { importAccounts } from './import/import-accounts.js';
import { grantCredits, type GrantCreditsInput } from './ledger/grant-credits.js';
import { limitedDoors } from './limits/doors.js';
import type { PageRequest } from './page.js';
import type { Policy } from './policy.js';
import { changeProfile, type ChangeProfileInput } from './users/change-profile.js';
import { adjustBalance, type AdjustBalanceInput } from './admin/adjust-balance.js';
import { changeAccount, type ChangeAccountInput } from './admin/change-account.js';
import { createAdmin } from './admin/create-admin.js';
import { endAccountSessions } from './admin/end-account-sessions.js';
import { eraseUser } from './admin/erase-user.js';
import { createFirstAdmin, issueFirstAdminLink } from './admin/first-admin.js';
import { findListedUser, listUsers } from './admin/list-users.js';
import { readStatistics } from './admin/read-statistics.js';
import {
  findExchange,
  searchAuditEvents,
  searchEntries,
  searchExchanges,
  type AuditSearch,
  type EntrySearch,
  type ExchangeSearch,
} from './admin/search-records.js';
import type { CreateUserInput } from './users/create-user.js';
import { eraseAccount } from './users/erase-account.js';
import { exportAccount } from './users/export-account.js';
import { findUser } from './users/find-user.js';
import { register } from './users/register.js';
import { requestVerification } from './users/request-verification.js';
import type { User } from './users/user.js';
import { verifyEmail } from './users/verify-email.js';

/** All that the core stands on. Each is a promise of its own file in `ports`. */
export interface Ports extends Stores {
  mailer: Mailer;
  passwordHasher: PasswordHasher;
  foreignHashes: ForeignHashes;
  commonPasswords: CommonPasswords;
  rateLimiter: RateLimiter;
  secrets: Secrets;
  ids: Ids;
  clock: Clock;
  /** The models on offer; the first one is the default. */
  models: ModelOffers;
  policy: Policy;
}

export type Core = ReturnType<typeof createCore>;

/** Everything that metered-chat does, as one table of contents. */
export function createCore(ports: Ports) {
  refuseOfferFaults(ports.models);
  return {
    users: {
      register: (input: CreateUserInput & { origin: Origin }) => register(ports, input),
      find: (username: string) => findUser(ports, username),
      requestVerification: (input: { caller: Caller; origin: Origin }) => requestVerification(ports, input),
      verifyEmail: (input: { confirmationSecret: string; origin: Origin }) => verifyEmail(ports, input),
      changeProfile: (input: ChangeProfileInput) => changeProfile(ports, input),
      exportAccount: (user: User) => exportAccount(ports, user),
      erase: (input: { caller: Caller; currentPassword: string; origin: Origin }) =>
        eraseAccount(ports, input),
    },
    auth: {
      signIn: (input: SignInInput) => signIn(ports, input),
      authenticate: (secret: string) => authenticate(ports, secret),
      refresh: (input: { refreshSecret: string; origin: Origin }) => refreshSession(ports, input),
      signOut: (input: { caller: Caller; origin: Origin }) => signOut(ports, input),
      changePassword: (input: ChangePasswordInput) => changePassword(ports, input),
      sessions: (caller: Caller) => ports.authTokenStore.sessions(caller.user.id),
      endSession: (input: { caller: Caller; sessionId: string; origin: Origin }) => endSession(ports, input),
      endOtherSessions: (input: { caller: Caller; origin: Origin }) => endOtherSessions(ports, input),
      createKey: (input: CreateKeyInput) => createKey(ports, input),
      keys: (caller: Caller) => ports.apiKeyStore.keys(caller.user.id),
      removeKey: (input: { caller: Caller; keyId: string; origin: Origin }) => removeKey(ports, input),
      requestReset: (input: { email: string; origin: Origin }) => requestReset(ports, input),
      resetPassword: (input: ResetPasswordInput) => resetPassword(ports, input),
      purgeExpired: async () => {
        await ports.authTokenStore.purgeExpired();
        await ports.oneTimeTokenStore.purgeExpired();
        await ports.firstAdminStore.purgeExpired();
      },
    },
    ledger: {
      balance: (userId: string) => ports.creditLedger.balance(userId),
      entries: (userId: string, page: PageRequest) => ports.creditLedger.entries(userId, page),
      grant: (input: GrantCreditsInput) => grantCredits(ports, input),
      audit: () => ports.ledgerAudit.inspect(),
    },
    chat: {
      send: (input: SendMessageInput) => sendMessage(ports, input),
      stream: (input: SendMessageInput) => streamMessage(ports, input),
      models: () => offeredModels(ports.models),
      exchanges: (userId: string, page: PageRequest) => ports.chatLedger.exchanges(userId, page),
      conversations: (userId: string, page: PageRequest) => ports.conversationStore.list(userId, page),
      conversation: (conversation: ConversationReference, page: PageRequest) =>
        readConversation(ports, conversation, page),
      renameConversation: (input: ConversationReference & { title: string }) =>
        renameConversation(ports, input),
      eraseConversation: (conversation: ConversationReference) => eraseConversation(ports, conversation),
      expireHolds: (options: { everyOpen: boolean }) => expireHolds(ports, options),
    },
    /** What to call first, on behalf of others: how often they may. Passwords are guarded where they are checked. */
    limits: limitedDoors(ports),
    /** For administrators only: what takes no caller leaves it to whoever calls it to see to that. */
    admin: {
      changeAccount: (input: ChangeAccountInput) => changeAccount(ports, input),
      adjustBalance: (input: AdjustBalanceInput) => adjustBalance(ports, input),
      endSessions: (input: { caller: Caller; userId: string; origin: Origin }) =>
        endAccountSessions(ports, input),
      erase: (input: { caller: Caller; userId: string; origin: Origin }) => eraseUser(ports, input),
      statistics: (input: { from: Date | null; to: Date | null }) => readStatistics(ports, input),
      users: (query: UserQuery, page: PageRequest<UserPlace>) => listUsers(ports, query, page),
      user: (userId: string) => findListedUser(ports, userId),
      exchanges: (filter: ExchangeSearch, page: PageRequest) => searchExchanges(ports, filter, page),
      exchange: (exchangeId: string) => findExchange(ports, exchangeId),
      entries: (filter: EntrySearch, page: PageRequest) => searchEntries(ports, filter, page),
      auditEvents: (filter: AuditSearch, page: PageRequest) => searchAuditEvents(ports, filter, page),
      createAdmin: (input: CreateUserInput) => createAdmin(ports, input),
      issueFirstAdminLink: () => issueFirstAdminLink(ports),
      createFirstAdmin: (input: CreateUserInput & { setupSecret: string; origin: Origin }) =>
        createFirstAdmin(ports, input),
      importAccounts: (records: Iterable<SourceRecord>) => importAccounts(ports, records),
    },
  };
}
