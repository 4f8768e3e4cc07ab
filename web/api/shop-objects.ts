import type { components } from '../../src/client/generated/api-types.js';
import type { Lot } from './api-objects.js';

type Schemas = components['schemas'];

export type RedeemedVoucher = Schemas['RedeemedVoucher'];
export type NewVouchers = Schemas['NewVouchers'];
export type Vouchers = Schemas['Vouchers'];
export type CreatedVouchers = Schemas['CreatedVouchers'];

export interface Package {
  id: string;
  name: string;
  credits: number;
  bonus_credits: number;
  bonus_expires_after_seconds: number | null;
  price: number;
  currency: string;
  expires_after_seconds: number | null;
  limit_per_account: number | null;
}

export type OrderStatus =
  'open' | 'paid' | 'expired' | 'partially_refunded' | 'refunded' | 'disputed' | 'dispute_lost';

export interface Order {
  id: string;
  status: OrderStatus;
  package: Package;
  checkout_url: string | null;
  refunded: number;
  created_at: string;
  paid_at: string | null;
}

export interface StatementLine {
  kind: string;
  model?: string;
  action?: string;
  amount: number;
  count: number;
}

export interface Statement {
  month: string;
  opening: number;
  lines: StatementLine[];
  closing: number;
  lots: {
    id: string;
    kind: Lot['kind'];
    amount: number;
    opening: number;
    received: number;
    gave: number;
    expired: number;
    closing: number;
    expires_at: string | null;
    created_at: string;
  }[];
}

export interface ListedOrder extends Order {
  user_id: string;
  provider: string;
  payment_id: string | null;
}

export interface PaymentProblem {
  id: string;
  reason: string;
  order_id: string | null;
  user_id: string | null;
  fact: {
    kind: string;
    id: string;
    payment_id: string | null;
    amount: number | null;
    currency: string | null;
    occurred_at: string;
  } | null;
  count: number;
  first_at: string;
  last_at: string;
}

export interface NewWebhook {
  url: string;
  types: string[];
}

export interface WebhookChange {
  url?: string;
  types?: string[];
  disabled?: boolean;
}

export interface Webhook extends NewWebhook {
  id: string;
  disabled_at: string | null;
  disabled_by: 'administrator' | 'failures' | null;
  created_at: string;
}

export interface CreatedWebhook extends Webhook {
  secret: string;
}

export interface WebhookDelivery {
  id: string;
  event: { id: string; type: string; account_id: string; sequence: number; created_at: string };
  status: 'queued' | 'delivered' | 'failed';
  attempts: number;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  response_status: number | null;
  error: string | null;
}
