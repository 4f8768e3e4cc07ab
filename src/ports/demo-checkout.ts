import type { Order } from '../domain/orders/order.js';

/** What can be done at the test checkout. The first two are for the person who buys, the others for administrators. */
export type DemoAction = 'pay' | 'decline' | 'refund' | 'dispute' | 'win_dispute' | 'lose_dispute';

/** A request as a provider of payments sends it. */
export interface ProviderRequest {
  rawBody: Uint8Array;
  /** By their names in lower case. */
  headers: Record<string, string>;
}

/** The checkout of the test provider, behind its page. It keeps nothing: what it states follows from the order. */
export interface DemoCheckout {
  /** Returns what can be done now, given the state of an order. */
  actions(order: Order): readonly DemoAction[];
  /**
   * Returns the event that an action causes, for `readEvent` of the same adapter; null if it causes none, as a declined
   * attempt. Of any number of calls in the same state of the order, the event is the same.
   *
   * @throws DomainError `not_refundable` if the action is not among `actions`.
   */
  act(order: Order, action: DemoAction): ProviderRequest | null;
}
