import type { components } from '../../src/client/generated/api-types.js';

type Schemas = components['schemas'];

export type RedeemedVoucher = Schemas['RedeemedVoucher'];
export type NewVouchers = Schemas['NewVouchers'];
export type Vouchers = Schemas['Vouchers'];
export type CreatedVouchers = Schemas['CreatedVouchers'];

export type Package = Schemas['Package'];
export type Order = Schemas['Order'];
export type OrderStatus = Order['status'];
/** An order as administrators see it; in lists with the name of its account. */
export type ListedOrder = Schemas['NamedOrder'];
export type AccountOrder = Schemas['AccountOrder'];
export type PaymentProblem = Schemas['PaymentProblem'];
export type Statement = Schemas['Statement'];
export type StatementLine = Statement['lines'][number];
export type StatementConversation = Statement['conversations'][number];

export type Webhook = Schemas['Webhook'];
export type NewWebhook = Schemas['NewWebhook'];
export type CreatedWebhook = Schemas['CreatedWebhook'];
export type WebhookChange = Schemas['WebhookChange'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type WebhookTest = Schemas['WebhookTest'];
export type EventType = Webhook['types'][number];

export type Notifications = Schemas['Notifications'];
export type NotificationsChange = Schemas['NotificationsChange'];
