import type { EventType } from './event.js';

/** A program that is notified of events. */
export interface WebhookEndpoint {
  /** UUIDv7. */
  id: string;
  url: string;
  types: readonly EventType[];
  /** When it was disabled; null while it is notified. What happens meanwhile is kept for `keptQueuedMs`. */
  disabledAt: Date | null;
  /** `failures`: a delivery failed at its last attempt. */
  disabledBy: WebhookDisabler | null;
  createdAt: Date;
}

/** Who disabled an endpoint. */
export type WebhookDisabler = 'administrator' | 'failures';

/** `failed`: the last attempt failed. It is sent again only by a replay, or once its endpoint is enabled again. */
export type DeliveryStatus = 'queued' | 'delivered' | 'failed';

/** An event of which an endpoint is notified. */
export interface WebhookDelivery {
  /** UUIDv7. */
  id: string;
  eventId: string;
  type: EventType;
  userId: string;
  sequence: number;
  status: DeliveryStatus;
  /** Attempts since it was queued; without those that only find out whether the receiver works again. */
  attempts: number;
  /** Null unless it is queued. */
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  /** The status of the last response, or null if there was none. */
  responseStatus: number | null;
  /** Why the last attempt failed; null if it did not. */
  error: string | null;
  createdAt: Date;
}

/** A delivery in its lane, as far as the order of deliveries depends on it. */
export interface QueuedDelivery {
  id: string;
  sequence: number;
  attempts: number;
  nextAttemptAt: Date;
  /** Null if no attempt has failed. */
  firstFailedAt: Date | null;
  lastAttemptAt: Date | null;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The delays after each failed attempt. After the last attempt, the endpoint is disabled. */
export const retryDelaysMs: readonly number[] = [
  ...[5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs],
  ...[hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs],
];

/** A delay can be longer by this share of it, so that many deliveries are not repeated at the same moment. */
export const maxJitter = 0.1;

/** How long a failing delivery holds up later ones of its account, since its first failure. */
export const maxHoldUpMs = 10 * minuteMs;

/** How long the deliveries of a disabled endpoint are kept. */
export const keptQueuedMs = 7 * dayMs;

/** How long events are kept, with their deliveries. */
export const keptEventsMs = 30 * dayMs;

/** How long a worker owns a lane without a sign of life; longer than an attempt takes. */
export const laneLeaseMs = 30 * secondMs;

/** The most endpoints. */
export const maxEndpoints = 50;

/**
 * Returns the delay before the next attempt, or null if this was the last one.
 *
 * @param attempts The failed attempts, 1 or more.
 * @param random From 0 to 1.
 */
export function retryDelayMs(attempts: number, random: number): number | null {
  const delay = retryDelaysMs[attempts - 1];
  return delay === undefined ? null : Math.round(delay * (1 + maxJitter * random));
}

/** What a worker does next in a lane. */
export type LaneStep =
  /** Sends a delivery. A probe is an attempt before its time, which is not counted if it fails. */
  | { step: 'send'; delivery: QueuedDelivery; isProbe: boolean }
  /** Nothing can be sent before this moment; null if nothing is queued. */
  | { step: 'wait'; until: Date | null };

/**
 * Returns what to send next to one endpoint about one account. Deliveries go in their order. One that fails holds up later ones
 * for `maxHoldUpMs`. After that, before a later one is sent, an earlier one is tried again if nothing has been delivered since it
 * failed: if the receiver works again, it gets them in order.
 *
 * @param queued The queued deliveries of the lane, in order.
 * @param lastDeliveredAt When something of the lane was delivered last, or null.
 * @param probed The ids of deliveries that were tried again just now.
 */
export function nextStep(
  queued: readonly QueuedDelivery[],
  { now, lastDeliveredAt, probed }: { now: Date; lastDeliveredAt: Date | null; probed: ReadonlySet<string> },
): LaneStep {
  const moments: Date[] = [];
  for (const [index, delivery] of queued.entries()) {
    const { nextAttemptAt, firstFailedAt } = delivery;
    if (nextAttemptAt <= now) {
      const earlier = queued.slice(0, index);
      const probe = earlier.find((each) => !probed.has(each.id) && mayWorkAgain(each, lastDeliveredAt));
      return { step: 'send', delivery: probe ?? delivery, isProbe: probe !== undefined };
    }
    moments.push(nextAttemptAt);
    const heldUntil = new Date((firstFailedAt?.getTime() ?? now.getTime()) + maxHoldUpMs);
    if (heldUntil > now) {
      if (index + 1 < queued.length) moments.push(heldUntil);
      break;
    }
  }
  return { step: 'wait', until: earliest(moments) };
}

function mayWorkAgain({ lastAttemptAt }: QueuedDelivery, lastDeliveredAt: Date | null): boolean {
  return lastDeliveredAt === null || lastAttemptAt === null || lastAttemptAt >= lastDeliveredAt;
}

function earliest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}
