import type { ConversationReference } from '../ports/conversation-store.js';
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
import { offeredModels } from './chat/model-offer.js';
import { refuseOfferFaults } from './chat/offer-chain.js';
import { readConversation } from './chat/read-conversation.js';
import { renameConversation } from './chat/rename-conversation.js';
import { sendMessage, streamMessage } from './chat/send-message.js';
import { wholeMessage, type GivenMessage } from './chat/sent-message.js';
import type { SourceRecord } from './import/account-source.js';
import { importAccounts } from './import/import-accounts.js';
import { grantCredits, type GrantCreditsInput } from './ledger/grant-credits.js';
import { limitedDoors } from './limits/doors.js';
import type { PageRequest } from './page.js';
import { wholePorts, type GivenPorts } from './ports.js';
import { adoptUser, eraseAdopted, type ForeignUser } from './users/adopt-user.js';
import { changeProfile, type ChangeProfileInput } from './users/change-profile.js';
import { adjustBalance, type AdjustBalanceInput } from './admin/adjust-balance.js';
import { changeAccount, type ChangeAccountInput } from './admin/change-account.js';
import { createAccount, type CreateAccountInput } from './admin/create-account.js';
import { createAdmin } from './admin/create-admin.js';
import { endAccountSessions } from './admin/end-account-sessions.js';
import { eraseUser } from './admin/erase-user.js';
import { createFirstAdmin, issueFirstAdminLink } from './admin/first-admin.js';
import { findListedUser, listUsers } from './admin/list-users.js';
import { readStatistics } from './admin/read-statistics.js';
import { setPassword, type SetPasswordInput } from './admin/set-password.js';
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

export type Core = ReturnType<typeof createCore>;

/**
 * Everything that metered-chat does, as one table of contents. What has no default can be left out by whoever does not
 * use it: what needs it then throws a TypeError that names it.
 */
export function createCore(given: GivenPorts) {
  const ports = wholePorts(given);
  refuseOfferFaults(ports.models);
  return {
    users: {
      register: (input: CreateUserInput & { origin: Origin }) => register(ports, input),
      /** For who has users and authentication of their own: the account of one of them, opened when it is first asked for. */
      adopt: (input: ForeignUser) => adoptUser(ports, input),
      eraseAdopted: (input: ForeignUser) => eraseAdopted(ports, input),
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
      send: (input: GivenMessage) => sendMessage(ports, wholeMessage(input)),
      stream: (input: GivenMessage) => streamMessage(ports, wholeMessage(input)),
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
      createAccount: (input: CreateAccountInput) => createAccount(ports, input),
      setPassword: (input: SetPasswordInput) => setPassword(ports, input),
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
