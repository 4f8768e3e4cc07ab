import type { UserPlace } from '../../ports/user-directory.js';
import type { Origin } from '../audit/audit-event.js';
import type { AdminCaller, OperatorCaller } from '../auth/caller.js';
import type { SourceRecord } from '../import/account-source.js';
import { importAccounts } from '../import/import-accounts.js';
import type { LotFilter } from '../ledger/read-lots.js';
import type { Allowance } from '../metering/allowance.js';
import { normalizeCursor, normalizeIds } from '../text.js';
import { findOrder, readPaymentProblems } from '../orders/read-orders.js';
import { refundOrder, type RefundOrderInput } from '../orders/refund-order.js';
import type { CapInput } from '../metering/set-cap.js';
import type { PageRequest, SearchPageRequest } from '../page.js';
import { adjustBalance, type AdjustBalanceInput } from './adjust-balance.js';
import { changeAccount, type ChangeAccountInput } from './change-account.js';
import { createAccount, type CreateAccountInput } from './create-account.js';
import { createAdmin } from './create-admin.js';
import { readAccountAllowance, removeAccountAllowance, setAccountAllowance } from './account-allowance.js';
import { listAccountLots } from './account-lots.js';
import { listAccountCaps, removeAccountCap, setAccountCap } from './account-caps.js';
import { listAccountIdentities, removeAccountIdentity } from './account-identities.js';
import { listAccountKeys, removeAccountKey, removeAccountKeys } from './account-keys.js';
import { endAccountSession, endAccountSessions, listAccountSessions } from './account-sessions.js';
import { eraseUser } from './erase-user.js';
import { createFirstAdmin } from './create-first-admin.js';
import { issueFirstAdminLink } from './issue-first-admin-link.js';
import { findListedUser, listUsers, type ListUsersInput } from './list-users.js';
import { readModelHealth } from './read-model-health.js';
import { readStatistics } from './read-statistics.js';
import {
  createServiceKey,
  listServiceKeys,
  removeServiceKey,
  type CreateServiceKeyInput,
} from './service-keys.js';
import { readFactors } from '../factors/read-factors.js';
import { resetFactors } from '../factors/reset-factors.js';
import { setPassword, type SetPasswordInput } from './set-password.js';
import {
  findAuditEvent,
  findExchange,
  searchAuditEvents,
  searchEntries,
  searchExchanges,
  searchOrders,
  type AuditSearch,
  type EntrySearch,
  type ExchangeSearch,
  type OrderSearch,
} from './search-records.js';
import {
  changeWebhook,
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  replayDelivery,
  testWebhook,
  type ChangeWebhookInput,
  type CreateWebhookInput,
  type WebhookRequest,
} from './webhooks.js';
import type { CreateUserInput } from '../users/create-user.js';
import {
  createVouchers,
  endVouchers,
  listVouchers,
  type CreateVouchersInput,
} from '../vouchers/manage-vouchers.js';
import type { Ports } from '../ports.js';

/** The use cases of administrators and the operator, as `core.admin` has them. */
export function adminUseCases(ports: Ports) {
  return {
    /** Creates an account for another person. Rejects as `register` does. */
    createAccount: (input: CreateAccountInput) => createAccount(ports, input),
    /** Gives an account another password, ends its sessions and removes its API keys. Rejects with `not_found` or `invalid_input`. */
    setPassword: async (input: SetPasswordInput) => setPassword(ports, normalizeIds(input)),
    /** Changes role, status, username or email of an account; undefined fields stay. Rejects with `last_admin`, among others. */
    changeAccount: async (input: ChangeAccountInput) => changeAccount(ports, normalizeIds(input)),
    /** Changes a balance on behalf of an administrator, and records it in the audit log. */
    adjustBalance: async (input: AdjustBalanceInput) => adjustBalance(ports, normalizeIds(input)),
    /** Returns a page of the lots of an account, newest first. Rejects with `not_found`. */
    lots: async (input: LotFilter & { caller: AdminCaller; userId: string }, page: PageRequest) =>
      listAccountLots(ports, normalizeIds(input), normalizeCursor(page)),
    /** Returns a page of the orders of all accounts that match, newest first. */
    orders: async (input: OrderSearch, page: SearchPageRequest) =>
      searchOrders(ports, input, normalizeCursor(page)),
    /** Returns an order of any account. Rejects with `not_found`. */
    order: async (input: { caller: AdminCaller; orderId: string }) => findOrder(ports, normalizeIds(input)),
    /** Asks the payment provider for a refund. Rejects with `not_found` or `not_refundable`, among others. */
    refundOrder: async (input: RefundOrderInput) => refundOrder(ports, normalizeIds(input)),
    /** Returns a page of the facts about payments that were applied to nothing, and of refused events, newest first. */
    paymentProblems: async (input: { caller: AdminCaller }, page: PageRequest) =>
      readPaymentProblems(ports, input, normalizeCursor(page)),
    /** Returns the allowance of an account. Rejects with `not_found`. */
    allowance: async (input: { caller: AdminCaller; userId: string }) =>
      readAccountAllowance(ports, normalizeIds(input)),
    /** Sets the allowance of one account in place of the default. Rejects with `invalid_input` or `not_found`. */
    setAllowance: async (input: {
      caller: AdminCaller;
      userId: string;
      allowance: Allowance;
      origin: Origin;
    }) => setAccountAllowance(ports, normalizeIds(input)),
    /** Lets the default allowance apply to an account again. Rejects with `not_found`. */
    removeAllowance: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
      removeAccountAllowance(ports, normalizeIds(input)),
    /** Returns the open sessions of an account. Rejects with `not_found`. */
    sessions: async (input: { caller: AdminCaller; userId: string }) =>
      listAccountSessions(ports, normalizeIds(input)),
    /** Ends one session of an account. Rejects with `not_found`. */
    endSession: async (input: { caller: AdminCaller; userId: string; sessionId: string; origin: Origin }) =>
      endAccountSession(ports, normalizeIds(input)),
    /** Ends every session of an account; with `includesKeys` also removes its API keys. Rejects with `not_found`. */
    endSessions: async (input: {
      caller: AdminCaller;
      userId: string;
      includesKeys: boolean;
      origin: Origin;
    }) => endAccountSessions(ports, normalizeIds(input)),
    /** Returns the identities of an account at providers. Rejects with `not_found`. */
    identities: async (input: { caller: AdminCaller; userId: string }) =>
      listAccountIdentities(ports, normalizeIds(input)),
    /** Removes an identity of an account, the last one too. Rejects with `not_found`. */
    removeIdentity: async (input: {
      caller: AdminCaller;
      userId: string;
      identityId: string;
      origin: Origin;
    }) => removeAccountIdentity(ports, normalizeIds(input)),
    /** Returns the second factors of an account, without secrets. Rejects with `not_found`. */
    factors: async (input: { caller: AdminCaller; userId: string }) =>
      readFactors(ports, normalizeIds(input)),
    /** Removes every second factor of an account whose owner has lost one, and ends its sessions. Rejects with `not_found`. */
    resetFactors: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
      resetFactors(ports, normalizeIds(input)),
    /** Returns the API keys of an account, without their secrets. Rejects with `not_found`. */
    keys: async (input: { caller: AdminCaller; userId: string }) =>
      listAccountKeys(ports, normalizeIds(input)),
    /** Removes one API key of an account. Rejects with `not_found`. */
    removeKey: async (input: { caller: AdminCaller; userId: string; keyId: string; origin: Origin }) =>
      removeAccountKey(ports, normalizeIds(input)),
    /** Removes every API key of an account. Rejects with `not_found`. */
    removeKeys: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
      removeAccountKeys(ports, normalizeIds(input)),
    /** Creates a service key and returns its secret, which cannot be read again. Rejects with `invalid_input` or `too_many_keys`. */
    createServiceKey: (input: CreateServiceKeyInput) => createServiceKey(ports, input),
    /** Returns all service keys, without their secrets. */
    serviceKeys: (input: { caller: AdminCaller }) => listServiceKeys(ports, input),
    /** Removes a service key; it stops working at once. Rejects with `not_found`. */
    removeServiceKey: async (input: { caller: AdminCaller; keyId: string; origin: Origin }) =>
      removeServiceKey(ports, normalizeIds(input)),
    /** Creates a batch of vouchers and returns its codes, which cannot be read again. Rejects with `invalid_input`. */
    createVouchers: (input: CreateVouchersInput) => createVouchers(ports, input),
    /** Returns a page of the batches of vouchers, without their codes, newest first. */
    vouchers: async (input: { caller: AdminCaller }, page: PageRequest) =>
      listVouchers(ports, input, normalizeCursor(page)),
    /** Ends a batch of vouchers; none of its codes can be redeemed any more. Rejects with `not_found`. */
    endVouchers: (input: { caller: AdminCaller; batchId: string; origin: Origin }) =>
      endVouchers(ports, input),
    /** Creates a webhook endpoint and returns its secret, which cannot be read again. Rejects with `invalid_input` or `too_many_webhooks`. */
    createWebhook: (input: CreateWebhookInput) => createWebhook(ports, input),
    /** Returns all webhook endpoints. */
    webhooks: (input: { caller: AdminCaller }) => listWebhooks(ports, input),
    /** Changes a webhook endpoint; undefined fields stay. Rejects with `not_found` or `invalid_input`. */
    changeWebhook: async (input: ChangeWebhookInput) => changeWebhook(ports, normalizeIds(input)),
    /** Deletes a webhook endpoint with its deliveries. Rejects with `not_found`. */
    removeWebhook: async (input: WebhookRequest) => removeWebhook(ports, normalizeIds(input)),
    /** Sends a test to a webhook endpoint and returns the response. Rejects with `not_found`. */
    testWebhook: async (input: WebhookRequest) => testWebhook(ports, normalizeIds(input)),
    /** Returns a page of the deliveries of a webhook endpoint. Rejects with `not_found`. */
    webhookDeliveries: async (input: { caller: AdminCaller; webhookId: string }, page: PageRequest) =>
      listDeliveries(ports, normalizeIds(input), normalizeCursor(page)),
    /** Sends a delivery again. Rejects with `not_found`. */
    replayDelivery: async (input: WebhookRequest & { deliveryId: string }) =>
      replayDelivery(ports, normalizeIds(input)),
    /** Returns the caps on an account, with what is spent and left in their windows. Rejects with `not_found`. */
    caps: async (input: { caller: AdminCaller; userId: string }) =>
      listAccountCaps(ports, normalizeIds(input)),
    /** Sets a cap that the owner of an account cannot remove. Rejects with `invalid_input`, `too_many_caps` or `not_found`. */
    setCap: async (input: { caller: AdminCaller; userId: string; cap: CapInput; origin: Origin }) =>
      setAccountCap(ports, normalizeIds(input)),
    /** Removes a cap of an account, an own one too. Rejects with `not_found`. */
    removeCap: async (input: { caller: AdminCaller; userId: string; capId: string; origin: Origin }) =>
      removeAccountCap(ports, normalizeIds(input)),
    /** Erases an account. Rejects with `not_found` or `last_admin`. */
    erase: async (input: { caller: AdminCaller; userId: string; origin: Origin }) =>
      eraseUser(ports, normalizeIds(input)),
    /** Returns statistics by day and model, of all accounts or of the one that `user` names; null means the last 30 days. */
    statistics: (input: Parameters<typeof readStatistics>[1]) => readStatistics(ports, input),
    /** Returns the models on offer with their health, from the chats of all processes. */
    models: (input: { caller: AdminCaller }) => readModelHealth(ports, input),
    /** Returns a page of the accounts that match. */
    users: (input: ListUsersInput, page: SearchPageRequest<UserPlace>) => listUsers(ports, input, page),
    /** Returns one account with its balance. Rejects with `not_found`. */
    user: async (input: { caller: AdminCaller; userId: string }) =>
      findListedUser(ports, normalizeIds(input)),
    /** Returns a page of the exchanges of all accounts that match, newest first. */
    exchanges: async (input: ExchangeSearch, page: SearchPageRequest) =>
      searchExchanges(ports, input, normalizeCursor(page)),
    /** Returns one exchange of any account. Rejects with `not_found`. */
    exchange: async (input: { caller: AdminCaller; exchangeId: string }) =>
      findExchange(ports, normalizeIds(input)),
    /** Returns a page of the entries of all accounts that match, newest first. */
    entries: async (input: EntrySearch, page: SearchPageRequest) =>
      searchEntries(ports, input, normalizeCursor(page)),
    /** Returns a page of the events of the audit log that match, newest first. */
    auditEvents: async (input: AuditSearch, page: SearchPageRequest) =>
      searchAuditEvents(ports, input, normalizeCursor(page)),
    /** Returns one event of the audit log. Rejects with `not_found`. */
    auditEvent: async (input: { caller: AdminCaller; eventId: string }) =>
      findAuditEvent(ports, normalizeIds(input)),
    /** For the operator: creates the account of an administrator. Rejects as `register` does. */
    createAdmin: (input: CreateUserInput & { caller: OperatorCaller }) => createAdmin(ports, input),
    /** For the operator: returns a link that creates the first administrator; null if there is one. */
    issueFirstAdminLink: (input: { caller: OperatorCaller }) => issueFirstAdminLink(ports, input),
    /** For a caller with the secret of that link: creates the first administrator. Rejects with `invalid_auth_token`, or as `register` does. */
    createFirstAdmin: (input: CreateUserInput & { setupSecret: string; origin: Origin }) =>
      createFirstAdmin(ports, input),
    /** For the operator: imports accounts of another system, one after another, and reports the result of each. */
    importAccounts: (input: { caller: OperatorCaller; records: Iterable<SourceRecord> }) =>
      importAccounts(ports, input),
  };
}
