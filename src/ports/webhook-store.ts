import type { AccountEvent, EventType } from '../domain/events/event.js';
import type { QueuedDelivery, WebhookDelivery, WebhookEndpoint } from '../domain/events/webhook.js';
import type { Page, PageRequest } from '../domain/page.js';

/** The notifications of one endpoint about one account. */
export interface LaneReference {
  endpointId: string;
  userId: string;
}

/** A lane that a worker owns. */
export interface OpenLane {
  now: Date;
  url: string;
  secret: string;
  isDisabled: boolean;
  /** When something of the lane was delivered last, or null. */
  lastDeliveredAt: Date | null;
  /** The queued deliveries, in order; at most 500. */
  queued: QueuedDelivery[];
  /** Changes when a delivery is added or replayed. */
  revision: number;
}

/** The result of an attempt. */
export type AttemptResult =
  | { outcome: 'delivered'; responseStatus: number }
  | {
      outcome: 'failed';
      responseStatus: number | null;
      error: string;
      /** `retryInMs`: when to try again; null to give up, which disables the endpoint. Undefined for a probe, which is not counted. */
      retryInMs: number | null | undefined;
    };

/** Endpoints and their notifications. */
export interface WebhookStore {
  /** Stores an endpoint that is not disabled. Returns null, and stores nothing, if there are `maxEndpoints` already. */
  create(endpoint: {
    id: string;
    url: string;
    types: readonly EventType[];
    secret: string;
    createdBy: string | null;
    maxEndpoints: number;
  }): Promise<WebhookEndpoint | null>;
  /** Returns all endpoints, newest first. */
  endpoints(): Promise<WebhookEndpoint[]>;
  /** Returns an endpoint with the secret that signs; null if there is none. */
  find(id: string): Promise<(WebhookEndpoint & { secret: string }) | null>;
  /**
   * Atomic: changes what is present. `isDisabled: true` disables the endpoint on behalf of an administrator, unless it is already.
   * `isDisabled: false` enables it: what is queued or has failed is due at once, with all attempts. Returns null if there is none.
   */
  change(change: {
    id: string;
    url?: string;
    types?: readonly EventType[];
    isDisabled?: boolean;
  }): Promise<WebhookEndpoint | null>;
  /** Deletes an endpoint with its deliveries. Returns false if there was none. */
  remove(id: string): Promise<boolean>;
  /** Returns a page of the deliveries of an endpoint, newest first; null if there is no such endpoint. */
  deliveries(endpointId: string, page: PageRequest): Promise<Page<WebhookDelivery> | null>;
  /** Atomic: queues a delivery again, due at once, with all attempts. Returns null if there is none. */
  replay(reference: { endpointId: string; deliveryId: string }): Promise<WebhookDelivery | null>;
  /**
   * Atomic: gives lanes that are due to a worker for `leaseMs`, those that were due first. Of workers at once, one gets a lane.
   * Leaves out disabled endpoints, and lanes that another worker owns, until its time is over.
   */
  claimLanes(claim: { worker: string; limit: number; leaseMs: number }): Promise<LaneReference[]>;
  /** Returns a lane that the worker owns, for a further `leaseMs`; null if it does not own it any more. */
  openLane(lane: LaneReference, claim: { worker: string; leaseMs: number }): Promise<OpenLane | null>;
  /** Returns the event of a delivery; null if it was deleted meanwhile. */
  eventOf(reference: { endpointId: string; deliveryId: string }): Promise<AccountEvent | null>;
  /**
   * Atomic: writes the result of an attempt. After `delivered`, later deliveries of the lane are due at once. A failure is written
   * only if the worker owns the lane. Returns true if it disabled the endpoint.
   */
  recordAttempt(
    lane: LaneReference,
    attempt: { worker: string; deliveryId: string; result: AttemptResult },
  ): Promise<boolean>;
  /** Atomic: ends the ownership; the lane is due at `until`, or has nothing to send. Returns false, and changes nothing, if its revision is another one. */
  releaseLane(
    lane: LaneReference,
    release: { worker: string; revision: number; until: Date | null },
  ): Promise<boolean>;
}
