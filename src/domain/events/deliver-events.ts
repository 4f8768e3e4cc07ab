import type { EventStore } from '../../ports/event-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Log } from '../../ports/log.js';
import type { Secrets } from '../../ports/secrets.js';
import type { WebhookResponse, WebhookSender } from '../../ports/webhook-sender.js';
import type { AttemptResult, LaneReference, WebhookStore } from '../../ports/webhook-store.js';
import { mailAboutDisabledEndpoint, mailAboutEvent, type EventMailDeps } from './event-mails.js';
import type { AccountEvent } from './event.js';
import { laneLeaseMs, nextStep, retryDelayMs, type QueuedDelivery } from './webhook.js';

export interface DeliverEventsDeps extends EventMailDeps {
  eventStore: Pick<EventStore, 'dispatch'>;
  webhookStore: WebhookStore;
  webhookSender: Pick<WebhookSender, 'send'>;
  secrets: Secrets;
  ids: Pick<Ids, 'next'>;
  log: Log;
}

/** Notifies other programs and people of events. Any number of workers, in any number of processes, can run at once. */
export interface EventWorker {
  /** Dispatches events, and begins to send what is due. Call it every second. */
  run(): Promise<void>;
  /** Resolves when nothing is being sent. */
  finished(): Promise<void>;
}

const eventsPerDispatch = 200;
/** The most lanes that a worker sends at the same time. */
const maxLanes = 32;

/** Returns a worker. What it has not finished when its process dies, another one sends after `laneLeaseMs`. */
export function createEventWorker(deps: DeliverEventsDeps): EventWorker {
  const worker = deps.ids.next();
  const sending = new Set<Promise<void>>();
  return {
    async run() {
      await dispatchEvents(deps);
      const limit = maxLanes - sending.size;
      if (limit === 0) return;
      const lanes = await deps.webhookStore.claimLanes({ worker, limit, leaseMs: laneLeaseMs });
      for (const lane of lanes) {
        const sent = sendLane(deps, lane, worker)
          .catch((error: unknown) => {
            const message = error instanceof Error ? error.message : String(error);
            deps.log.warn({ ...lane, error: message }, 'sending webhooks failed');
          })
          .finally(() => sending.delete(sent));
        sending.add(sent);
      }
    },
    async finished() {
      await Promise.all(sending);
    },
  };
}

/** Makes the deliveries of new events and sends the mails about them. */
async function dispatchEvents(deps: DeliverEventsDeps): Promise<void> {
  for (;;) {
    const events = await deps.eventStore.dispatch({ limit: eventsPerDispatch, ids: deps.ids });
    if (events.length === 0) return;
    for (const event of events) await mailAboutEvent(deps, event);
  }
}

/** Sends what is due to one endpoint about one account, in order. */
async function sendLane(deps: DeliverEventsDeps, lane: LaneReference, worker: string): Promise<void> {
  const { webhookStore } = deps;
  const probed = new Set<string>();
  for (;;) {
    const open = await webhookStore.openLane(lane, { worker, leaseMs: laneLeaseMs });
    if (open === null) return;
    const { now, lastDeliveredAt, revision } = open;
    const step = open.isDisabled
      ? ({ step: 'wait', until: null } as const)
      : nextStep(open.queued, { now, lastDeliveredAt, probed });
    if (step.step === 'wait') {
      if (await webhookStore.releaseLane(lane, { worker, revision, until: step.until })) return;
      continue;
    }
    const { delivery, isProbe } = step;
    const deliveryId = delivery.id;
    const event = await webhookStore.eventOf({ endpointId: lane.endpointId, deliveryId });
    if (event === null) continue;
    const response = await deps.webhookSender.send(open, messageOf(event), now);
    const result = resultOf(response, { delivery, isProbe, random: randomShare(deps.secrets) });
    if (await webhookStore.recordAttempt(lane, { worker, deliveryId, result }))
      await mailAboutDisabledEndpoint(deps, open.url);
    if (isProbe) probed.add(deliveryId);
  }
}

function messageOf({ id, type, userId: accountId, sequence, createdAt, data }: AccountEvent) {
  return { id, type, accountId, sequence, createdAt, data };
}

function resultOf(
  response: WebhookResponse,
  { delivery, isProbe, random }: { delivery: QueuedDelivery; isProbe: boolean; random: number },
): AttemptResult {
  if (response.outcome === 'accepted') return { outcome: 'delivered', responseStatus: response.status };
  return {
    outcome: 'failed',
    responseStatus: response.outcome === 'rejected' ? response.status : null,
    error: response.outcome === 'rejected' ? `The status is ${response.status}.` : response.error,
    retryInMs: isProbe ? undefined : retryDelayMs(delivery.attempts + 1, random),
  };
}

/** Returns a random number from 0 to 1. */
function randomShare(secrets: Pick<Secrets, 'random'>): number {
  const letters = secrets.random().slice(0, 8);
  const sum = Array.from(letters).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return (sum % 101) / 100;
}
