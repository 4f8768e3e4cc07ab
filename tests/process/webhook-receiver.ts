import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** What a program does with a message: accepts it, fails, or accepts it and breaks the connection. */
export type Reception = 'accept' | 'fail' | 'accept and break';

/** A message that was accepted. */
export interface ReceivedEvent {
  id: string;
  type: string;
  account_id: string;
  sequence: number;
}

export interface WebhookReceiver {
  url: string;
  /** To be set once the endpoint exists. */
  secret: string | null;
  /** What was accepted, in order, with repetitions. */
  accepted: ReceivedEvent[];
  /** Requests that broke the connection after they were accepted, or that failed. */
  failed: number;
  /** Messages whose signature was wrong. */
  unverified: number;
  close(): Promise<void>;
}

/** Starts a program that receives webhooks and verifies them with the package `standardwebhooks`. */
export async function startWebhookReceiver(
  receive: () => { reception: Reception; delayMs: number },
): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    void handle(request).then((reception) => {
      if (reception === 'accept and break') request.socket.destroy();
      else response.writeHead(reception === 'accept' ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    ...{ secret: null, accepted: [], failed: 0, unverified: 0 },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function handle(request: IncomingMessage): Promise<Reception> {
    const body = await text(request).catch(() => null);
    if (body === null) return 'fail';
    const { reception, delayMs } = receive();
    if (delayMs > 0) await delay(delayMs);
    if (reception !== 'accept') receiver.failed += 1;
    if (reception === 'fail') return reception;
    try {
      const headers = request.headers as Record<string, string>;
      const event = new Webhook(receiver.secret ?? '').verify(body, headers) as ReceivedEvent;
      if (event.id !== headers['webhook-id']) throw new Error('The message has another id.');
      receiver.accepted.push(event);
    } catch {
      receiver.unverified += 1;
    }
    return reception;
  }
  return receiver;
}

/** The first receptions of each account, in order, and what is wrong with their repetitions. */
export function receptionsOf(accepted: readonly ReceivedEvent[]): {
  byAccount: Map<string, number[]>;
  repeated: number;
  errors: string[];
} {
  const byAccount = new Map<string, number[]>();
  const ids = new Map<string, string>();
  const errors: string[] = [];
  let repeated = 0;
  for (const { id, account_id: accountId, sequence } of accepted) {
    const place = `${accountId} ${sequence}`;
    const known = byAccount.get(accountId) ?? [];
    const last = known.at(-1) ?? 0;
    if (ids.has(place)) {
      repeated += 1;
      if (ids.get(place) !== id) errors.push(`event ${place} has two ids`);
      // Only what was being sent when its sender died, or had no response, can be repeated.
      if (sequence !== last) errors.push(`event ${place} is repeated after event ${last}`);
      continue;
    }
    ids.set(place, id);
    if (sequence < last) errors.push(`event ${place} arrives after event ${last}`);
    byAccount.set(accountId, [...known, sequence]);
  }
  return { byAccount, repeated, errors };
}
