import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** A gateway that compares the balance with the price when a request begins, and charges when it ends. */
export interface LeakyGateway {
  url: string;
  stop(): Promise<void>;
}

interface Account {
  budget: number;
  spent: number;
  cap: number;
}

const price = 7;
const replyMs = 100;

/** Starts the gateway. Its administration is `POST /accounts` with `{budget, caps}`, and `GET /accounts/{number}`. */
export async function startLeakyGateway(): Promise<LeakyGateway> {
  const accounts: Account[] = [];
  const server = createServer((request, response) => {
    handle(accounts, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function handle(
  accounts: Account[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: object) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const { method = '', url = '' } = request;
  if (method === 'GET') {
    send(200, accounts[Number(url.split('/')[2])] ?? {});
    return;
  }
  const body = (await json(request)) as { budget?: number; cap?: number; stream?: boolean };
  if (url === '/accounts') {
    accounts.push({ budget: body.budget ?? 0, spent: 0, cap: body.cap ?? Infinity });
    send(201, { number: accounts.length - 1 });
    return;
  }
  const account = accounts[Number(request.headers.authorization?.split(' ')[1])];
  if (account === undefined) {
    send(401, { error: 'There is no such key.' });
    return;
  }
  if (Math.min(account.budget, account.cap) - account.spent < price) {
    send(402, { error: 'The balance is too low.' });
    return;
  }
  await delay(replyMs);
  account.spent += price;
  if (body.stream === true) response.end('data: {"choices":[]}\n\ndata: [DONE]\n\n');
  else send(200, { choices: [] });
}
