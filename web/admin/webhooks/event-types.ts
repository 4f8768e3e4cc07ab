import type { EventType } from '../../api/shop-objects.js';
import { text } from '../texts/page-texts.js';

/** The types of events, in the order of the dialog. */
export const eventTypes = [
  ...(['balance.low', 'balance.exhausted', 'credits.granted', 'credits.expired'] as const),
  ...(['order.paid', 'order.refunded', 'order.disputed', 'cap.reached'] as const),
  ...(['account.created', 'account.erased'] as const),
];

/** When an event of a type is sent. */
export function eventTypeText(type: EventType): string {
  return text(`eventType.${type}`);
}
