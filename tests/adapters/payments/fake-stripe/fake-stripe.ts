import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { apiOf, type ApiResponse } from './api.js';
import { ApiError } from './api-error.js';
import { checkoutPage } from './checkout-page.js';
import { decline, newAccount, newId, pay, sessionOf, type StripeAccount } from './stripe-account.js';
import { webhookQueue, type Receive, type WebhookQueue } from './webhooks.js';

/**
 * How a request to the API fails: `refused`, before it is read; `unavailable`, 503 before anything is done; `broken`, 500 that
 * is saved by its idempotency key; `lost`, done, but the response does not arrive; `silent`, no response at all.
 */
export type Outage = 'refused' | 'unavailable' | 'broken' | 'lost' | 'silent';

export interface FakeStripe {
  /** For `STRIPE_API_BASE`. */
  url: string;
  secretKey: string;
  webhookSecret: string;
  account: StripeAccount;
  webhooks: WebhookQueue;
  /** The method and path of each request to the API so far. */
  requests: string[];
  /** Every request to the API fails in this way until it is set to null. */
  outage: Outage | null;
  /** Whether each event is delivered at once, as for a person at a browser. */
  deliversAtOnce: boolean;
  close(): Promise<void>;
}

/** Starts a server that speaks the part of Stripe's API that sells by Checkout. */
export async function startFakeStripe({
  receive = () => Promise.resolve(200),
  now = () => new Date(),
}: { receive?: Receive; now?: () => Date } = {}): Promise<FakeStripe> {
  const secretKey = newId('sk_test');
  const webhookSecret = newId('whsec');
  const account = newAccount(now);
  const webhooks = webhookQueue({ secret: webhookSecret, receive, now });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = apiOf(account, { secretKey, checkoutUrl: (id) => `${url}/c/pay/${id}` });
  const fake: FakeStripe = {
    ...{
      url,
      secretKey,
      webhookSecret,
      account,
      webhooks,
      requests: [],
      outage: null,
      deliversAtOnce: false,
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  account.onEvent = (event) => {
    webhooks.add(event);
    if (fake.deliversAtOnce) setImmediate(() => void webhooks.deliver());
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', url);
    const body = await text(request);
    if (target.pathname.startsWith('/c/pay/')) {
      checkout(request.method ?? 'GET', target, response);
      return;
    }
    fake.requests.push(`${request.method ?? ''} ${target.pathname}`);
    const { outage } = fake;
    if (outage === 'silent') return;
    if (outage === 'refused') {
      request.socket.destroy();
      return;
    }
    if (outage === 'unavailable') {
      send(response, { status: 503, body: { error: { type: 'api_error', message: 'Overloaded.' } } });
      return;
    }
    const headers = request.headers as Record<string, string | undefined>;
    const result = api(
      { method: request.method ?? 'GET', url: target, headers, body },
      { failsInside: outage === 'broken' },
    );
    if (outage === 'lost') request.socket.destroy();
    else send(response, result);
  }

  /** The page of a checkout session, and what its buttons do. */
  function checkout(method: string, target: URL, response: ServerResponse): void {
    const [, , , id = '', action] = target.pathname.split('/');
    try {
      const session = sessionOf(account, id);
      if (method === 'POST' && action === 'pay') pay(account, id);
      if (method === 'POST' && action === 'decline') decline(account, id);
      const location =
        method !== 'POST'
          ? null
          : action === 'pay'
            ? session.success_url
            : action === 'cancel'
              ? session.cancel_url
              : `/c/pay/${id}`;
      if (location !== null) response.writeHead(303, { Location: location }).end();
      else response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(checkoutPage(session));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      response.writeHead(error.status, { 'Content-Type': 'text/plain' }).end(error.body.error.message);
    }
  }
  return fake;
}

function send(response: ServerResponse, { status, body, headers }: ApiResponse): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Request-Id': newId('req'), ...headers })
    .end(JSON.stringify(body));
}
