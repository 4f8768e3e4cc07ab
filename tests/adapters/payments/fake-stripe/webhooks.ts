import Stripe from 'stripe';
import { secondsOf } from './stripe-account.js';
import type { FakeEvent } from './objects.js';

/** A request that Stripe sends to an endpoint. */
export interface WebhookRequest {
  body: string;
  headers: Record<string, string>;
}

/** Receives a webhook and returns the status of the response. */
export type Receive = (request: WebhookRequest) => Promise<number>;

/** An event that is to be delivered, and how often that was tried. */
export interface Delivery {
  event: FakeEvent;
  attempts: number;
  status: number | null;
}

export interface WebhookOptions {
  secret: string;
  receive: Receive;
  now: () => Date;
}

/** Signs an event as Stripe does, by the helper of its library. */
export function signedRequest(
  event: FakeEvent,
  { secret, at, payload = JSON.stringify(event) }: { secret: string; at: Date; payload?: string },
): WebhookRequest {
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: secondsOf(at) });
  return {
    body: payload,
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': header },
  };
}

/** The deliveries of an endpoint. Nothing is sent before `deliver`, so that tests decide on order, repetition and loss. */
export function webhookQueue({ secret, receive, now }: WebhookOptions) {
  let pending: Delivery[] = [];
  const attempt = async (delivery: Delivery) => {
    delivery.attempts += 1;
    delivery.status = await receive(signedRequest(delivery.event, { secret, at: now() }));
    delivery.event.pending_webhooks = delivery.status < 300 ? 0 : 1;
  };
  return {
    add: (event: FakeEvent) => {
      pending.push({ event, attempts: 0, status: null });
    },
    /** What has not been delivered, oldest first. */
    pending: (): readonly Delivery[] => pending,
    /**
     * Sends what is pending once, or `times` times, in an order of the test's choice; what the endpoint does not accept with
     * 2xx remains pending. Returns the last status of each.
     */
    deliver: async ({
      order = (deliveries: Delivery[]) => deliveries,
      times = 1,
    }: { order?: (deliveries: Delivery[]) => Delivery[]; times?: number } = {}): Promise<number[]> => {
      const batch = order([...pending]);
      for (let round = 0; round < times; round += 1) for (const delivery of batch) await attempt(delivery);
      pending = pending.filter(({ status }) => status === null || status >= 300);
      return batch.map(({ status }) => status ?? 0);
    },
    /** Stripe gives up on what is pending: after three days, or because the endpoint was disabled. */
    lose: (): number => pending.splice(0).length,
  };
}

export type WebhookQueue = ReturnType<typeof webhookQueue>;
