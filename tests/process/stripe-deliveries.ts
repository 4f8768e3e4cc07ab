import { setTimeout as delay } from 'node:timers/promises';
import type { FakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import type { Receive, WebhookRequest } from '../adapters/payments/fake-stripe/webhooks.js';
import type { ServerProcess } from './server-process.js';

/** What became of the events that Stripe sent. */
export interface DeliveryCounts {
  /** Requests with a response, by their outcome or the code of the problem. */
  responses: Record<string, number>;
  /** Requests that a kill interrupted, or that found no server. */
  interrupted: number;
  /** Events that Stripe believes to have arrived, and that never did. */
  lost: number;
  /** Events that were seen already when they were first repeated after an interruption. */
  replayed: number;
}

export function newDeliveryCounts(): DeliveryCounts {
  return { responses: {}, interrupted: 0, lost: 0, replayed: 0 };
}

type Random = (below: number) => number;

/**
 * Returns what receives the events of a fake Stripe: a server of several, or all of them at the same moment; some events are
 * lost, and some arrive with a signature that is wrong.
 */
export function receiverOf(
  servers: () => readonly ServerProcess[],
  counts: DeliveryCounts,
  { random, losesOneOf }: { random: Random; losesOneOf: () => number },
): Receive {
  const interrupted = new Set<string>();
  return async (request) => {
    const loses = losesOneOf();
    if (loses > 0 && random(loses) === 0) {
      counts.lost += 1;
      return 200;
    }
    const all = servers();
    const one = all[random(all.length)];
    const receivers = random(2) === 0 ? all : one === undefined ? [] : [one];
    if (random(25) === 0 && one !== undefined) await sendForged(one, request, counts);
    const statuses = await Promise.all(receivers.map((server) => send(server, request, counts, interrupted)));
    const failed = statuses.find((status) => status >= 300);
    if (failed === undefined && statuses.length > 0) return 200;
    await delay(20);
    return failed ?? 599;
  };
}

async function send(
  { url }: ServerProcess,
  { body, headers }: WebhookRequest,
  counts: DeliveryCounts,
  interrupted: Set<string>,
): Promise<number> {
  try {
    const response = await fetch(`${url}/api/payments/webhook/`, { method: 'POST', body, headers });
    const parsed = (await response.json()) as { outcome?: string; code?: string };
    const outcome = parsed.outcome ?? parsed.code ?? String(response.status);
    counts.responses[outcome] = (counts.responses[outcome] ?? 0) + 1;
    if (response.ok && interrupted.delete(body) && outcome === 'seen') counts.replayed += 1;
    return response.status;
  } catch {
    counts.interrupted += 1;
    interrupted.add(body);
    return 599;
  }
}

/** Whatever its content, a request with a wrong signature must be refused. */
async function sendForged(
  { url }: ServerProcess,
  { body, headers }: WebhookRequest,
  counts: DeliveryCounts,
): Promise<void> {
  const forged = { ...headers, 'stripe-signature': (headers['stripe-signature'] ?? '').replace(/.$/, 'x') };
  const response = await fetch(`${url}/api/payments/webhook/`, {
    method: 'POST',
    body,
    headers: forged,
  }).catch(() => null);
  if (response?.ok === true) counts.responses['forged'] = (counts.responses['forged'] ?? 0) + 1;
}

/** Sends what is pending in random order, each event up to five times, by several loops at once, until `isOver`. */
export async function deliverRandomly(
  { webhooks }: FakeStripe,
  { random, isOver }: { random: Random; isOver: () => boolean },
): Promise<void> {
  const loops = Array.from({ length: 6 }, async () => {
    while (!isOver()) {
      const sent = await webhooks.deliver({
        order: (pending) =>
          Array.from({ length: Math.min(4, pending.length) }, () => pending[random(pending.length)]).flatMap(
            (one) => (one === undefined ? [] : [one]),
          ),
        times: 1 + random(5),
      });
      if (sent.length === 0) await delay(5);
    }
  });
  await Promise.all(loops);
}
