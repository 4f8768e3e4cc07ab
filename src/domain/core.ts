import type { ConversationReference } from '../ports/conversation-store.js';
import type { UserPlace } from '../ports/user-directory.js';
import type { Origin } from './audit/audit-event.js';
import { authenticate } from './auth/authenticate.js';
import { signIn, type SignInInput } from './auth/sign-in.js';
import { requireOperator, type AdminCaller, type Caller, type OperatorCaller } from './auth/caller.js';
import { changePassword, type ChangePasswordInput } from './auth/change-password.js';
import { createKey, type CreateKeyInput } from './auth/create-key.js';
import { endOtherSessions, endSession, signOut } from './auth/end-sessions.js';
import { purgeExpired } from './auth/purge-expired.js';
import { refreshSession } from './auth/refresh-session.js';
import { removeKey } from './auth/remove-key.js';
import { requestReset } from './auth/request-reset.js';
import { resetPassword, type ResetPasswordInput } from './auth/reset-password.js';
import { expireHolds } from './chat/expire-holds.js';
import { offeredModels, throwIfOffersInvalid } from './chat/model-offer.js';
import { eraseConversation, readConversation, renameConversation } from './chat/manage-conversations.js';
import { sendMessage, streamMessage } from './chat/send-message.js';
import type { SendMessageRequest } from './chat/message.js';
import type { SourceRecord } from './import/account-source.js';
import { importAccounts } from './import/import-accounts.js';
import type { GrantCreditsInput } from './ledger/grant-credits.js';
import { readBalance } from './ledger/read-balance.js';
import { normalizeCursor, normalizeId, normalizeIds } from './normalize-id.js';
import { readAccountPage } from './users/read-account-page.js';
import { rateLimits } from './limits/rate-limits.js';
import type { PageRequest } from './page.js';
import { withDefaults, type CorePorts } from './ports.js';
import { adoptUser, eraseAdopted, type ForeignUser } from './users/adopt-user.js';
import { cancelEmailChange } from './users/cancel-email-change.js';
import { changeProfile, type ChangeProfileInput } from './users/change-profile.js';
import { auditLedger } from './admin/audit-ledger.js';
import { grantByOperator } from './admin/grant-by-operator.js';
import { adjustBalance, type AdjustBalanceInput } from './admin/adjust-balance.js';
import { changeAccount, type ChangeAccountInput } from './admin/change-account.js';
import { createAccount, type CreateAccountInput } from './admin/create-account.js';
import { createAdmin } from './admin/create-admin.js';
import { listAccountKeys, removeAccountKey, removeAccountKeys } from './admin/account-keys.js';
import { endAccountSession, endAccountSessions, listAccountSessions } from './admin/account-sessions.js';
import { eraseUser } from './admin/erase-user.js';
import { createFirstAdmin } from './admin/create-first-admin.js';
import { issueFirstAdminLink } from './admin/issue-first-admin-link.js';
import { findListedUser, listUsers, type ListUsersInput } from './admin/list-users.js';
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
import { pendingEmail } from './users/pending-email.js';
import { register } from './users/register.js';
import { requestVerification } from './users/request-verification.js';
import type { User } from './users/user.js';
import { verifyEmail } from './users/verify-email.js';

/** What `createCore` answers. */
export type Core = ReturnType<typeof createCore>;

/**
 * Everything that metered-chat does, as one table of contents. What has no default can be left out by whoever does not
 * use it: what needs it then throws a TypeError that names it.
 */
export function createCore(given: CorePorts) {
  const ports = withDefaults(given);
  throwIfOffersInvalid(ports.models);
  return {
    /** The URL that links in mails begin with, as the policy has it; without a slash at its end. */
    publicUrl: ports.policy.publicUrl,
    users: {
      /** Opens an account and its first session. Refuses with `invalid_input`, `username_taken` or `email_taken`. */
      register: (input: CreateUserInput & { origin: Origin }) => register(ports, input),
      /** For who has users and authentication of their own: the account of one of them, opened when it is first asked for. */
      adopt: (input: ForeignUser) => adoptUser(ports, input),
      /** Erases an adopted account and its texts; its ledger stays. Refuses with `not_found`. */
      eraseAdopted: (input: ForeignUser) => eraseAdopted(ports, input),
      /** For administrators and the operator: the account of a username. Rejects with `admin_required` or `not_found`. */
      find: (input: { caller: AdminCaller; username: string }) => findUser(ports, input),
      /** Mails a link that confirms the email of the caller, where there is one to confirm. */
      requestVerification: (input: { caller: Caller; origin: Origin }) => requestVerification(ports, input),
      /** Confirms an email by the secret of its mail. Refuses with `invalid_auth_token`. */
      verifyEmail: (input: { confirmationSecret: string; origin: Origin }) => verifyEmail(ports, input),
      /** Cancels a change of an email by the secret that its former address was sent. Refuses with `invalid_auth_token` or `email_taken`. */
      cancelEmailChange: (input: { cancellationSecret: string; origin: Origin }) =>
        cancelEmailChange(ports, input),
      /** The email that an account has once it is confirmed; null when none is pending. */
      pendingEmail: async (userId: string) => pendingEmail(ports, normalizeId(userId)),
      /** Changes the username or email of the caller; what is absent stays. Another email is pending until it is confirmed. */
      changeProfile: (input: ChangeProfileInput) => changeProfile(ports, input),
      /** Everything that is held on an account. */
      exportAccount: (user: User) => exportAccount(ports, user),
      /** Erases the account of the caller, who repeats their password. Refuses with `wrong_password` or `last_admin`. */
      erase: (input: { caller: Caller; currentPassword: string; origin: Origin }) =>
        eraseAccount(ports, input),
    },
    auth: {
      /** Opens a session by name and password. Refuses with `invalid_credentials`, whatever was wrong. */
      signIn: (input: SignInInput) => signIn(ports, input),
      /** Whom an access secret or API key belongs to. Refuses with `unauthenticated`. */
      authenticate: (secret: string) => authenticate(ports, secret),
      /** A new pair of secrets for a refresh secret; a used one that comes back late ends its session (RFC 9700). */
      refresh: (input: { refreshSecret: string; origin: Origin }) => refreshSession(ports, input),
      /** Ends the session of the caller. */
      signOut: (input: { caller: Caller; origin: Origin }) => signOut(ports, input),
      /** Replaces the password of the caller, ends every other session and removes the API keys. Refuses with `wrong_password` or `invalid_input`. */
      changePassword: (input: ChangePasswordInput) => changePassword(ports, input),
      /** The living sessions of the caller. */
      sessions: (caller: Caller) => ports.authTokenStore.sessions(caller.user.id),
      /** Ends one session of the caller. Refuses with `not_found`. */
      endSession: async (input: { caller: Caller; sessionId: string; origin: Origin }) =>
        endSession(ports, normalizeIds(input)),
      /** Ends every session of the caller but this one and, with `includesKeys`, removes their API keys. */
      endOtherSessions: (input: { caller: Caller; includesKeys: boolean; origin: Origin }) =>
        endOtherSessions(ports, input),
      /** Makes an API key, whose secret is answered this once. Refuses with `invalid_input` or `too_many_keys`. */
      createKey: (input: CreateKeyInput) => createKey(ports, input),
      /** The API keys of the caller, without their secrets. */
      keys: (caller: Caller) => ports.apiKeyStore.keys(caller.user.id),
      /** Removes an API key of the caller, which works no more. Refuses with `not_found`. */
      removeKey: async (input: { caller: Caller; keyId: string; origin: Origin }) =>
        removeKey(ports, normalizeIds(input)),
      /** Mails a link to set a new password, where an account has the email; answers alike where none has. */
      requestReset: (input: { email: string; origin: Origin }) => requestReset(ports, input),
      /** Sets a new password by the secret of its mail, ends every session and removes every API key. Refuses with `invalid_auth_token` or `invalid_input`. */
      resetPassword: (input: ResetPasswordInput) => resetPassword(ports, input),
      /** For the operator: deletes what has expired of sessions and of one-time auth tokens. Call it once an hour. */
      purgeExpired: (input: { caller: OperatorCaller }) => purgeExpired(ports, input),
    },
    ledger: {
      /** What an account can spend, and what is held for replies under way, in credits. Rejects with `not_found`. */
      balance: (userId: string) => readBalance(ports, userId),
      /** The ledger of an account, newest first. Rejects with `not_found`. */
      entries: (userId: string, page: PageRequest) =>
        readAccountPage(ports, { userId, page }, (...request) => ports.creditLedger.entries(...request)),
      /** For the operator: changes a balance, with one entry. Rejects with `invalid_input`, `not_found`, `balance_out_of_range` or `idempotency_key_reused`. */
      grant: async (input: GrantCreditsInput & { caller: OperatorCaller }) =>
        grantByOperator(ports, normalizeIds(input)),
      /** For administrators and the operator: how many rows break each of the eight invariants, and how many open holds are overdue. */
      audit: (input: { caller: AdminCaller }) => auditLedger(ports, input),
    },
    chat: {
      /** Sends a message and returns the complete reply. Rejects with `insufficient_credits`, among others. */
      send: (request: SendMessageRequest) => sendMessage(ports, request),
      /** Sends a message and yields the reply as it comes; the last chunk, `done`, is what `send` returns. */
      stream: (request: SendMessageRequest) => streamMessage(ports, request),
      /** The models on offer, with their prices; the first is the default. */
      models: () => offeredModels(ports.models),
      /** The messages of an account and their replies, newest first. */
      exchanges: (userId: string, page: PageRequest) =>
        readAccountPage(ports, { userId, page }, (...request) => ports.chatLedger.exchanges(...request)),
      /** The conversations of an account; the one first that was written to last. */
      conversations: (userId: string, page: PageRequest) =>
        readAccountPage(ports, { userId, page }, (...request) => ports.conversationStore.list(...request)),
      /** A conversation with a page of what was said in it, newest first. Refuses with `not_found`. */
      conversation: async (conversation: ConversationReference, page: PageRequest) =>
        readConversation(ports, normalizeIds(conversation), normalizeCursor(page)),
      /** Gives a conversation another title. Refuses with `not_found` or `invalid_input`. */
      renameConversation: async (input: ConversationReference & { title: string }) =>
        renameConversation(ports, normalizeIds(input)),
      /** Erases the texts of a conversation; the ledger stays. Refuses with `not_found`. */
      eraseConversation: async (conversation: ConversationReference) =>
        eraseConversation(ports, normalizeIds(conversation)),
      /**
       * For the operator: gives back holds that are past their deadline, or every open one if no exchange can be in
       * progress; returns how many.
       */
      expireHolds: async ({ caller, everyOpen }: { caller: OperatorCaller; everyOpen: boolean }) => {
        requireOperator(caller);
        return expireHolds(ports, { everyOpen });
      },
    },
    /** What to call first, on behalf of others: how often they may. Passwords are guarded where they are checked. */
    limits: rateLimits(ports),
    /** For administrators and the operator: everything but `createFirstAdmin` rejects others with `admin_required`. */
    admin: {
      /** Opens an account for somebody else. Refuses as `register` does. */
      createAccount: (input: CreateAccountInput) => createAccount(ports, input),
      /** Gives an account another password, ends its sessions and removes its API keys. Refuses with `not_found` or `invalid_input`. */
      setPassword: async (input: SetPasswordInput) => setPassword(ports, normalizeIds(input)),
      /** Changes role, status, username or email of an account; what is absent stays. Refuses with `last_admin`, among others. */
      changeAccount: async (input: ChangeAccountInput) => changeAccount(ports, normalizeIds(input)),
      /** Moves a balance on behalf of an administrator, and notes who did. */
      adjustBalance: async (input: AdjustBalanceInput) => adjustBalance(ports, normalizeIds(input)),
      /** The living sessions of an account. Refuses with `not_found`. */
      sessions: async (input: { caller: AdminCaller; userId: string }) =>
        listAccountSessions(ports, normalizeIds(input)),
      /** Ends one session of an account. Refuses with `not_found`. */
      endSession: async (input: { caller: AdminCaller; userId: string; sessionId: string; origin: Origin }) =>
        endAccountSession(ports, normalizeIds(input)),
      /** Signs an account out everywhere and, with `includesKeys`, removes its API keys. Refuses with `not_found`. */
      endSessions: async (input: {
        caller: AdminCaller;
        userId: string;
        includesKeys: boolean;
        origin: Origin;
      }) => endAccountSessions(ports, normalizeIds(input)),
      /** The API keys of an account, without their secrets. Refuses with `not_found`. */
      keys: async (input: { caller: AdminCaller; userId: string }) =>
        listAccountKeys(ports, normalizeIds(input)),
      /** Removes one API key of an account. Refuses with `not_found`. */
      removeKey: async (input: { caller: AdminCaller; userId: string; keyId: string; origin: Origin }) =>
        removeAccountKey(ports, normalizeIds(input)),
      /** Removes every API key of an account. Refuses with `not_found`. */
      removeKeys: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
        removeAccountKeys(ports, normalizeIds(input)),
      /** Erases an account. Refuses with `not_found` or `last_admin`. */
      erase: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
        eraseUser(ports, normalizeIds(input)),
      /** What happened by day and model; with null, of the last 30 days. */
      statistics: (input: { caller: AdminCaller; from: Date | null; to: Date | null }) =>
        readStatistics(ports, input),
      /** Accounts that match, by pages. */
      users: (input: ListUsersInput, page: PageRequest<UserPlace>) => listUsers(ports, input, page),
      /** One account with its balance. Refuses with `not_found`. */
      user: async (input: { caller: AdminCaller; userId: string }) =>
        findListedUser(ports, normalizeIds(input)),
      /** Everybody's messages and replies that match, newest first. */
      exchanges: async (input: ExchangeSearch, page: PageRequest) =>
        searchExchanges(ports, input, normalizeCursor(page)),
      /** One message and its reply. Refuses with `not_found`. */
      exchange: async (input: { caller: AdminCaller; exchangeId: string }) =>
        findExchange(ports, normalizeIds(input)),
      /** The whole ledger, as far as it matches, newest first. */
      entries: async (input: EntrySearch, page: PageRequest) =>
        searchEntries(ports, input, normalizeCursor(page)),
      /** Who did what to whom, as far as it matches, newest first. */
      auditEvents: async (input: AuditSearch, page: PageRequest) =>
        searchAuditEvents(ports, input, normalizeCursor(page)),
      /** For the operator: opens the account of an administrator. Rejects as `register` does. */
      createAdmin: (input: CreateUserInput & { caller: OperatorCaller }) => createAdmin(ports, input),
      /** For the operator: returns a link that creates the first administrator; null if there is one. */
      issueFirstAdminLink: (input: { caller: OperatorCaller }) => issueFirstAdminLink(ports, input),
      /** For a caller with the secret of that link: creates the first administrator. Rejects with `invalid_auth_token`, or as `register` does. */
      createFirstAdmin: (input: CreateUserInput & { setupSecret: string; origin: Origin }) =>
        createFirstAdmin(ports, input),
      /** For the operator: imports accounts of another system, one after another, and reports the result of each. */
      importAccounts: (input: { caller: OperatorCaller; records: Iterable<SourceRecord> }) =>
        importAccounts(ports, input),
    },
  };
}
