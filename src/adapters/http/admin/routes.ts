import type { Route } from '../kit/define-route.js';
import * as allowance from './allowance.js';
import * as apiKeys from './api-keys.js';
import * as audit from './audit.js';
import * as balance from './balance.js';
import * as caps from './caps.js';
import * as chats from './chats.js';
import * as conversations from './conversations.js';
import * as entries from './ledger-entries.js';
import * as firstAdmin from './first-admin.js';
import { listUserIdentities, removeUserIdentity } from './identities.js';
import * as invariants from './invariants.js';
import * as metering from './metering.js';
import * as serviceKeys from './service-keys.js';
import { listAllOrders, listPaymentProblems, readAccountOrder, refundOrder } from './orders.js';
import { listModelsWithHealth } from './models.js';
import { listUserLots } from './lots.js';
import { readUserFactors, resetUserFactors } from './factors.js';
import * as sessions from './sessions.js';
import { readUserStatement } from './statement.js';
import * as statistics from './statistics.js';
import * as user from './user.js';
import * as users from './users.js';
import * as webhooks from './webhooks.js';
import * as vouchers from './vouchers.js';

/** The routes below `/api/admin/`. */
export const adminRoutes: readonly Route[] = [
  firstAdmin.createFirstAdmin,
  users.listUsers,
  users.createUser,
  user.readUser,
  user.changeUser,
  user.eraseUser,
  user.setUserPassword,
  readUserFactors,
  resetUserFactors,
  sessions.listUserSessions,
  sessions.endUserSessions,
  sessions.endUserSession,
  listUserIdentities,
  removeUserIdentity,
  apiKeys.listUserKeys,
  apiKeys.removeUserKeys,
  apiKeys.removeUserKey,
  serviceKeys.listServiceKeys,
  serviceKeys.createServiceKey,
  serviceKeys.removeServiceKey,
  caps.listUserCaps,
  caps.setUserCap,
  caps.removeUserCap,
  balance.adjustBalance,
  metering.spendTokens,
  metering.createHold,
  metering.settleHold,
  metering.renewHold,
  metering.releaseHold,
  listUserLots,
  conversations.listUserConversations,
  conversations.readUserConversation,
  readUserStatement,
  allowance.readUserAllowance,
  allowance.setUserAllowance,
  allowance.removeUserAllowance,
  webhooks.listWebhooks,
  webhooks.createWebhook,
  webhooks.changeWebhook,
  webhooks.removeWebhook,
  webhooks.testWebhook,
  webhooks.listWebhookDeliveries,
  webhooks.replayWebhookDelivery,
  vouchers.listVouchers,
  vouchers.createVouchers,
  vouchers.endVouchers,
  listAllOrders,
  readAccountOrder,
  refundOrder,
  listPaymentProblems,
  chats.listAllExchanges,
  chats.readExchange,
  entries.listAllEntries,
  audit.listAuditEvents,
  audit.readAuditEvent,
  statistics.readStatistics,
  listModelsWithHealth,
  invariants.auditLedger,
];
