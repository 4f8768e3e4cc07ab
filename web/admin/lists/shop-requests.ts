import type { Identifier } from 'react-admin';
import type { Page } from '../../api/api-objects.js';
import type {
  AccountOrder,
  CreatedVouchers,
  CreatedWebhook,
  NewVouchers,
  NewWebhook,
  Package,
  PaymentProblem,
  Statement,
  Vouchers,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookTest,
} from '../../api/shop-objects.js';
import { fetchJson } from '../api/fetch-json.js';

/** The path of a page of a list. */
export const paged = (path: string, cursor: string | null) =>
  `${path}?limit=25${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;

const webhookPath = (id: Identifier, rest = '') => `/api/admin/webhooks/${encodeURIComponent(id)}/${rest}`;

/** The requests about what is sold, webhooks and statements. */
export const shopRequests = {
  /** Asks the provider for a refund, in the smallest unit of the currency. A repetition refunds nothing more. */
  refundOrder: (orderId: Identifier, amount: number, idempotencyKey: string) =>
    fetchJson<AccountOrder>(`/api/admin/orders/${encodeURIComponent(orderId)}/refund/`, {
      method: 'POST',
      headers: { 'Idempotency-Key': idempotencyKey },
      body: { amount },
    }),
  packages: async () => (await fetchJson<Page<Package>>('/api/packages/')).results,
  paymentProblems: (cursor: string | null) =>
    fetchJson<Page<PaymentProblem>>(paged('/api/admin/payments/problems/', cursor)),
  vouchers: (cursor: string | null) => fetchJson<Page<Vouchers>>(paged('/api/admin/vouchers/', cursor)),
  createVouchers: (body: NewVouchers) =>
    fetchJson<CreatedVouchers>('/api/admin/vouchers/', { method: 'POST', body }),
  endVouchers: (batchId: string) =>
    fetchJson<undefined>(`/api/admin/vouchers/${batchId}/`, { method: 'DELETE' }),
  webhooks: async () => (await fetchJson<Page<Webhook>>('/api/admin/webhooks/')).results,
  createWebhook: (body: NewWebhook) =>
    fetchJson<CreatedWebhook>('/api/admin/webhooks/', { method: 'POST', body }),
  changeWebhook: (id: Identifier, body: WebhookChange) =>
    fetchJson<Webhook>(webhookPath(id), { method: 'PATCH', body }),
  removeWebhook: (id: Identifier) => fetchJson<undefined>(webhookPath(id), { method: 'DELETE' }),
  testWebhook: (id: Identifier) => fetchJson<WebhookTest>(webhookPath(id, 'test/'), { method: 'POST' }),
  deliveries: (id: Identifier, cursor: string | null) =>
    fetchJson<Page<WebhookDelivery>>(paged(webhookPath(id, 'deliveries/'), cursor)),
  replayDelivery: (id: Identifier, deliveryId: string) =>
    fetchJson<WebhookDelivery>(webhookPath(id, `deliveries/${deliveryId}/replay/`), { method: 'POST' }),
  /** The statement of a month such as `2030-01`, or of the current one. */
  statement: (userId: Identifier, month: string | null) => fetchJson<Statement>(statementPath(userId, month)),
};

/** The path of the statement of an account. */
export function statementPath(userId: Identifier, month: string | null): string {
  const query = month === null ? '' : `?month=${encodeURIComponent(month)}`;
  return `/api/admin/users/${encodeURIComponent(userId)}/statement/${query}`;
}
