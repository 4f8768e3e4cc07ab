import type { EventType } from '../../api/shop-objects.js';

/** The types of events, and when each is sent. */
export const eventTypeTexts: Record<EventType, string> = {
  'balance.low': 'a balance falls below its threshold',
  'balance.exhausted': 'a balance falls to 0',
  'credits.granted': 'credits are added',
  'credits.expired': 'credits expire',
  'order.paid': 'an order is paid',
  'order.refunded': 'an order is refunded',
  'order.disputed': 'a payment is disputed',
  'cap.reached': 'a spending limit is reached',
  'account.created': 'an account is created',
  'account.erased': 'an account is erased',
};

export const eventTypes = Object.keys(eventTypeTexts) as EventType[];
