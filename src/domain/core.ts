import type { Origin } from './audit/audit-event.js';
import { authenticate, identify } from './auth/authenticate.js';
import { signIn, type SignInInput } from './auth/sign-in.js';
import {
  requireOperator,
  type AdminCaller,
  type ApiKeyCaller,
  type Caller,
  type OperatorCaller,
} from './auth/caller.js';
import { changePassword, type ChangePasswordInput } from './auth/change-password.js';
import { createKey, type CreateKeyInput } from './auth/create-key.js';
import { endOtherSessions, endSession, signOut } from './auth/end-sessions.js';
import { purgeExpired } from './auth/purge-expired.js';
import { refreshSession } from './auth/refresh-session.js';
import { removeKey } from './auth/remove-key.js';
import { requestReset } from './auth/request-reset.js';
import { resetPassword, type ResetPasswordInput } from './auth/reset-password.js';
import type { AccountRequest } from './chat/access.js';
import { countInput, type CountInputRequest } from './chat/count-input.js';
import { expireHolds } from './chat/expire-holds.js';
import { offersForKey, offeredModels, throwIfOffersInvalid } from './chat/model-offer.js';
import type { ConversationFilter } from './chat/conversation.js';
import {
  eraseConversation,
  readConversation,
  changeConversation,
  searchConversations,
  type ChangeConversationRequest,
  type ConversationRequest,
} from './chat/manage-conversations.js';
import { followReply, type ExchangeRequest, type FollowRequest } from './chat/follow-reply.js';
import { readAttachment, readExchange } from './chat/read-exchange.js';
import { runningReplies } from './chat/running-replies.js';
import { sendMessage, streamMessage } from './chat/send-message.js';
import { stopReply } from './chat/stop-reply.js';
import type { SendMessageRequest } from './chat/message.js';
import { createEventWorker } from './events/deliver-events.js';
import { purgeEvents } from './events/purge-events.js';
import { factorUseCases } from './factors/factor-use-cases.js';
import { throwIfCreditUnitInvalid, type CreditUnit } from './ledger/credit-unit.js';
import { expireLots } from './ledger/expire-lots.js';
import { identityUseCases } from './identities/identity-use-cases.js';
import { readStatement, type ReadStatementRequest } from './ledger/read-statement.js';
import { normalizeCursor, normalizeIds } from './text.js';
import { readAccountPage } from './users/read-account-page.js';
import { rateLimits } from './limits/consume-limits.js';
import { throwIfDefaultCapsInvalid } from './metering/cap.js';
import { removeOwnCap, setOwnCap } from './metering/own-caps.js';
import { createOrder, type CreateOrderInput } from './orders/create-order.js';
import { pollPayments } from './orders/poll-payments.js';
import { readDebt, readOrder, readOrders } from './orders/read-orders.js';
import { receiveEvent, type ReceivedEvent } from './orders/receive-event.js';
import { refusedEvents } from './orders/refused-events.js';
import { throwIfPackagesInvalid } from './orders/package.js';
import { readCaps } from './metering/read-caps.js';
import type { CapInput } from './metering/set-cap.js';
import type { PageRequest } from './page.js';
import { withDefaults, type CorePorts } from './ports.js';
import { refusingOthers, transactionUseCases } from './transaction-use-cases.js';
import { callerOfHost, type ForeignCaller } from './users/adopt-user.js';
import { cancelEmailChange } from './users/cancel-email-change.js';
import { changeProfile, type ChangeProfileInput } from './users/change-profile.js';
import { auditLedger } from './admin/audit-ledger.js';
import type { CreateUserInput } from './users/create-user.js';
import { eraseAccount } from './users/erase-account.js';
import { exportAccount } from './users/export-account.js';
import { findUser } from './users/find-user.js';
import type { TransactionExecutor } from '../ports/join-transaction.js';
import type { NotificationPreferences } from '../ports/notification-store.js';
import { changeNotifications, readNotifications } from './users/notifications.js';
import { pendingEmail } from './users/pending-email.js';
import { register } from './users/register.js';
import { requestVerification } from './users/request-verification.js';
import { verifyEmail } from './users/verify-email.js';
import { redeemVoucher, type RedeemVoucherInput } from './vouchers/redeem-voucher.js';
import { adminUseCases } from './admin/admin-use-cases.js';

/** The use cases of metered-chat, as `createCore` returns them. */
export type Core = ReturnType<typeof createCore>;

/**
 * Creates the core: all use cases of metered-chat. A port without a default may be absent; a use case that requires it then
 * throws a TypeError that names it.
 *
 * @param corePorts The stores, models and other adapters that the core uses, and its policy.
 * @returns The use cases by subject: `users`, `auth`, `identities`, `factors`, `ledger`, `chat`, `metering`, `caps`, `vouchers`, `limits` and `admin`.
 * @throws TypeError if the models, or the limits, the unit or the packages of the policy, are not valid.
 * @example
 * ```ts
 * import { createCore } from 'metered-chat';
 * import { echoModel } from 'metered-chat/ai';
 * import { memoryStores } from 'metered-chat/memory';
 * import { nodeAdapters } from 'metered-chat/node';
 *
 * const core = createCore({
 *   ...memoryStores(),
 *   ...nodeAdapters(),
 *   models: [{ name: 'echo', model: echoModel() }],
 * });
 * const { id: userId } = await core.users.adopt({ foreignId: 'user-1' });
 * const { reply } = await core.chat.send({ userId, message: 'Hello' });
 * ```
 */
export function createCore(corePorts: CorePorts) {
  const ports = withDefaults(corePorts);
  throwIfOffersInvalid(ports.models);
  throwIfDefaultCapsInvalid(ports.policy.defaultCaps);
  throwIfPackagesInvalid(ports.policy.packages);
  const unit: CreditUnit = { name: ports.policy.creditUnit, decimals: ports.policy.creditDecimals };
  throwIfCreditUnitInvalid(unit);
  const refused = refusedEvents(ports);
  const chatPorts = {
    ...ports,
    get models() {
      return ports.models;
    },
    runningReplies: runningReplies(ports),
  };
  const transactional = transactionUseCases(ports);
  const core = {
    /** The URL that links in mails begin with, from the policy, without a slash at its end. */
    publicUrl: ports.policy.publicUrl,
    /** The unit in which people see amounts, from the policy. */
    unit,
    users: {
      /** Creates an account and opens its first session. Rejects with `invalid_input`, `username_taken` or `email_taken`. */
      register: (input: CreateUserInput & { origin: Origin }) => register(ports, input),
      ...transactional.users,
      /** For administrators and the operator: returns the account of a username. Rejects with `admin_required` or `not_found`. */
      find: (input: { caller: AdminCaller; username: string }) => findUser(ports, input),
      /** Mails the caller a link that confirms their email; does nothing if no email is unconfirmed. */
      requestVerification: (input: { caller: Caller; origin: Origin }) => requestVerification(ports, input),
      /** Confirms an email by the secret of the mail. Rejects with `invalid_auth_token`. */
      verifyEmail: (input: { confirmationSecret: string; origin: Origin }) => verifyEmail(ports, input),
      /** Cancels a change of an email by the secret that was sent to the former address. Rejects with `invalid_auth_token` or `email_taken`. */
      cancelEmailChange: (input: { cancellationSecret: string; origin: Origin }) =>
        cancelEmailChange(ports, input),
      /** Returns the email of the caller that takes effect once it is confirmed; null if none is pending. */
      pendingEmail: (input: { caller: Caller }) => pendingEmail(ports, input),
      /** Changes the username or email of the caller; undefined fields stay. Another email is pending until it is confirmed. */
      changeProfile: (input: ChangeProfileInput) => changeProfile(ports, input),
      /** Returns what the caller is notified of. */
      notifications: (input: { caller: Caller }) => readNotifications(ports, input),
      /** Changes what the caller is notified of; undefined fields stay. Rejects with `invalid_input`. */
      changeNotifications: (input: { caller: Caller; change: Partial<NotificationPreferences> }) =>
        changeNotifications(ports, input),
      /** Returns everything that is stored about the caller's account. */
      exportAccount: (input: { caller: Caller }) => exportAccount(ports, input),
      /** Erases the account of the caller; requires their password, or a proof of identity of the last 10 minutes. Rejects with `proof_required`, `wrong_password` or `last_admin`. */
      erase: (input: { caller: Caller; currentPassword?: string | undefined; origin: Origin }) =>
        eraseAccount(ports, input),
    },
    auth: {
      /** Opens a session by name and password. Rejects with `invalid_credentials` for every reason, or with `second_factor_required` or `factor_setup_required`, whose details have the challenge that `core.factors` goes on with. */
      signIn: (input: SignInInput) => signIn(ports, input),
      /** Returns the account that calls with an access token or API key. Rejects with `unauthenticated`, also a service key. */
      authenticate: (secret: string) => authenticate(ports, secret),
      /** Returns the caller of an access token, API key or service key. Rejects with `unauthenticated`. */
      identify: (secret: string) => identify(ports, secret),
      /** For a host program that authenticates users itself: returns one of them as a caller, and creates their account on the first call. Rejects with `unauthenticated` if the account is disabled. */
      callerOfHost: (input: ForeignCaller) => callerOfHost(ports, input),
      /** Returns a new pair of auth tokens for a refresh token. A refresh token that was used before ends its session (RFC 9700). */
      refresh: (input: { refreshSecret: string; origin: Origin }) => refreshSession(ports, input),
      /** Ends the session of the caller. */
      signOut: (input: { caller: Caller; origin: Origin }) => signOut(ports, input),
      /** Replaces the password of the caller, ends every other session and removes the API keys. Rejects with `wrong_password` or `invalid_input`. */
      changePassword: (input: ChangePasswordInput) => changePassword(ports, input),
      /** Returns the open sessions of the caller. */
      sessions: (caller: Caller) => ports.authTokenStore.sessions(caller.user.id),
      /** Ends one session of the caller. Rejects with `not_found`. */
      endSession: async (input: { caller: Caller; sessionId: string; origin: Origin }) =>
        endSession(ports, normalizeIds(input)),
      /** Ends the caller's other sessions; with `includesKeys` also removes their API keys. */
      endOtherSessions: (input: { caller: Caller; includesKeys: boolean; origin: Origin }) =>
        endOtherSessions(ports, input),
      /** Creates an API key and returns its secret, which cannot be read again. Rejects with `invalid_input` or `too_many_keys`. */
      createKey: (input: CreateKeyInput) => createKey(ports, input),
      /** Returns the API keys of the caller, without their secrets. */
      keys: (caller: Caller) => ports.apiKeyStore.keys(caller.user.id),
      /** Removes an API key of the caller. Rejects with `not_found`. */
      removeKey: async (input: { caller: Caller; keyId: string; origin: Origin }) =>
        removeKey(ports, normalizeIds(input)),
      /** Mails a link that sets a new password, if an account has the email. Resolves in the same way if none has. */
      requestReset: (input: { email: string; origin: Origin }) => requestReset(ports, input),
      /** Sets a new password by the secret of the mail, ends every session and removes every API key. Rejects with `invalid_auth_token` or `invalid_input`. */
      resetPassword: (input: ResetPasswordInput) => resetPassword(ports, input),
      /** For the operator: deletes what has expired of sessions and of one-time auth tokens. Call it once an hour. */
      purgeExpired: (input: { caller: OperatorCaller }) => purgeExpired(ports, input),
    },
    identities: identityUseCases(ports),
    /** Second factors, passkeys, and proofs of identity before sensitive changes. */
    factors: factorUseCases(ports),
    ledger: {
      ...transactional.ledger,
      /** For the account itself, administrators and the operator: returns the sums of a month. Rejects with `invalid_input` or `not_found`. */
      statement: async (request: ReadStatementRequest) => readStatement(ports, request),
      /** For the operator: lets what has expired leave the accounts that are not used; returns how many. Call it once a minute. */
      expireLots: async (input: { caller: OperatorCaller }) => expireLots(ports, input),
      /** For administrators and the operator: returns how many rows break each invariant, and how many open holds are overdue. */
      audit: (input: { caller: AdminCaller }) => auditLedger(ports, input),
    },
    chat: {
      /** Sends a message and returns the complete reply. Rejects with `insufficient_credits`, among others. */
      send: (request: SendMessageRequest) => sendMessage(chatPorts, request),
      /** Sends a message and yields the reply as it comes; the last chunk, `done`, is what `send` returns. Read it to the end, or leave the loop: either ends the exchange. */
      stream: (request: SendMessageRequest) => streamMessage(chatPorts, request),
      /**
       * For the account itself, administrators and the operator: yields a reply from its beginning, and goes on with it while it
       * comes. Who follows a reply does not change it. Rejects with `not_found`, or the error with which the reply failed.
       */
      follow: (request: FollowRequest) => followReply(chatPorts, request),
      /**
       * For the account itself and the operator: ends a reply that is in progress, in whichever process, and returns its
       * exchange, charged as if its caller had disconnected. Rejects with `not_found`.
       */
      stop: (request: ExchangeRequest) => stopReply(chatPorts, request),
      /** Returns the models on offer, with their prices; the first is the default. With an API key, those that it may use. */
      models: (apiKey: Pick<ApiKeyCaller, 'models'> | null = null) =>
        offeredModels(offersForKey(ports.models, apiKey), ports.policy),
      /** Returns the estimated tokens of a request's input; asks no model and charges nothing. Throws `model_not_found`, `model_not_allowed` or `unsupported_parameter`. */
      countInput: (request: CountInputRequest) => countInput(ports, request),
      /** For the account itself, administrators and the operator: returns a page of its exchanges, newest first. Rejects with `not_found`. */
      exchanges: (request: AccountRequest, page: PageRequest) =>
        readAccountPage(ports, { ...request, page }, (...request) => ports.holdLedger.exchanges(...request)),
      /** For the account itself, administrators and the operator: returns one of its exchanges. Rejects with `not_found`. */
      exchange: async (request: ExchangeRequest) => readExchange(ports, normalizeIds(request)),
      /** For the account itself, administrators and the operator: returns an image or a file of one of its exchanges, by its position in `attachments`, from 0. Rejects with `not_found`. */
      attachment: async (request: ExchangeRequest & { position: number }) =>
        readAttachment(ports, normalizeIds(request)),
      /** For the account itself, administrators and the operator: returns a page of its conversations, the one with the newest message first. Rejects with `not_found`. */
      conversations: (request: AccountRequest, page: PageRequest) =>
        readAccountPage(ports, { ...request, page }, (...request) =>
          ports.conversationStore.list(...request),
        ),
      /** For the account itself, administrators and the operator: returns a page of the conversations that have a text, or are pinned. Rejects with `not_found` or `invalid_input`. */
      searchConversations: (request: AccountRequest & { filter: ConversationFilter }, page: PageRequest) =>
        searchConversations(ports, { ...request, page }),
      /** For the account itself, administrators and the operator: returns a conversation with a page of its exchanges, newest first. Rejects with `not_found`. */
      conversation: async (conversation: ConversationRequest, page: PageRequest) =>
        readConversation(ports, normalizeIds(conversation), normalizeCursor(page)),
      /** For the account itself and the operator: changes the title or the settings of a conversation, or pins it. Rejects with `not_found`, `invalid_input`, `model_not_found` or `model_not_allowed`. */
      changeConversation: async (request: ChangeConversationRequest) =>
        changeConversation(ports, normalizeIds(request)),
      /** For the account itself and the operator: erases the texts of a conversation; the ledger stays. Rejects with `not_found`. */
      eraseConversation: async (conversation: ConversationRequest) =>
        eraseConversation(ports, normalizeIds(conversation)),
      /**
       * For the operator: gives back holds that are past their deadline, and every open one of a chat if no exchange can be in
       * progress; returns how many.
       */
      expireHolds: async ({ caller, everyOpen }: { caller: OperatorCaller; everyOpen: boolean }) => {
        requireOperator(caller);
        return expireHolds(ports, { everyOpen });
      },
    },
    orders: {
      /** What can be bought, in the order of the policy. */
      packages: ports.policy.packages,
      /** Makes an order of the caller and opens its checkout. Rejects with `not_found` or `package_limit_reached`, among others. */
      create: (input: CreateOrderInput) => createOrder(ports, input),
      /** For the account itself, administrators and the operator: returns a page of its orders, newest first. Rejects with `not_found`. */
      list: async (request: AccountRequest, page: PageRequest) =>
        readOrders(ports, normalizeIds(request), normalizeCursor(page)),
      /** For the account itself, administrators and the operator: returns one of its orders. Rejects with `not_found`. */
      read: async (request: AccountRequest & { orderId: string }) => readOrder(ports, normalizeIds(request)),
      /** For the account itself, administrators and the operator: returns what the account owes, in credits. Rejects with `not_found`. */
      debt: async (request: AccountRequest) => readDebt(ports, normalizeIds(request)),
      /** Applies a signed event of the payment provider, once. Rejects with `invalid_signature`, or with `payment_pending` if it must come again. */
      receiveEvent: (event: ReceivedEvent) => receiveEvent({ ...ports, refusedEvents: refused }, event),
      /** For the operator: applies what the provider states and no event has said; returns how many facts. Call it every 10 minutes. */
      poll: (input: { caller: OperatorCaller }) => pollPayments(ports, input),
    },
    caps: {
      /** Returns the caps on the caller's account and the defaults that apply, with what is spent and left in their windows. */
      list: (caller: Caller) => readCaps(ports, caller.user.id),
      /** Sets a cap on the caller's account, one of its API keys or a model. Rejects with `invalid_input` or `too_many_caps`. */
      set: (input: { caller: Caller; cap: CapInput; origin: Origin }) => setOwnCap(ports, input),
      /** Removes a cap that the caller has set. Rejects with `not_found`, or `admin_required` for an administrator's. */
      remove: async (input: { caller: Caller; capId: string; origin: Origin }) =>
        removeOwnCap(ports, normalizeIds(input)),
    },
    /** For administrators, service keys with the scope `metering`, and the host program: pays for anything with credits. Rejects others with `admin_required` or `insufficient_scope`. */
    metering: transactional.metering,
    vouchers: {
      /** For the account itself and the operator: adds the credits of a voucher. Rejects with `voucher_not_found`, `voucher_ended`, `voucher_expired`, `voucher_exhausted` or `voucher_already_redeemed`, among others. */
      redeem: async (input: RedeemVoucherInput) => redeemVoucher(ports, input),
    },
    events: {
      /**
       * For the operator: returns a worker that notifies other programs and people of events. Call its `run` every second. Any
       * number of workers can run at once.
       */
      worker: ({ caller }: { caller: OperatorCaller }) => {
        requireOperator(caller);
        return createEventWorker(ports);
      },
      /** For the operator: returns how much is waiting, and what has failed. */
      counts: ({ caller }: { caller: OperatorCaller }) => {
        requireOperator(caller);
        return ports.eventStore.counts();
      },
      /** For the operator: deletes old events with their deliveries; returns how many. Call it once an hour. */
      purge: (input: { caller: OperatorCaller }) => purgeEvents(ports, input),
    },
    /** Rate limits, which a server checks before it calls the use case. Wrong passwords are limited by the use cases themselves. */
    limits: rateLimits(ports),
    /**
     * For administrators and the operator, and for service keys with the scope that covers the use case. Everything but
     * `createFirstAdmin` rejects other accounts with `admin_required`, and other service keys with `insufficient_scope`.
     */
    admin: adminUseCases(ports),
  };
  return {
    ...core,
    /**
     * Returns the use cases that can be part of a transaction that your program has begun: they commit and roll back with it. The
     * others throw a TypeError there, for instance `chat.send`: nothing may stay open while a model replies. Requires stores of
     * `metered-chat/postgres`.
     */
    within: (executor: TransactionExecutor) =>
      refusingOthers(transactionUseCases({ ...ports, ...ports.joinTransaction(executor) }), core),
  };
}
