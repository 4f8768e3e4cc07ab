import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';

/** A request that the provider has got. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
  /** Whether the connection that it came on is still open. */
  isOpen(): boolean;
}

/** What the provider does with a request. */
export type Behaviour = (response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that answers as a provider does on a bad day, as it is told to. */
export interface MisbehavingProvider {
  /** Includes the version, as a base URL does. */
  url: string;
  requests: ReceivedRequest[];
  openSockets(): number;
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

/** Starts one on a free port. No connection is used twice, so that one which stays open is one that leaks. */
export async function misbehavingProvider(): Promise<MisbehavingProvider> {
  let behaviour: Behaviour = respondsWithStatus(500);
  const sockets = new Set<Socket>();
  const requests: ReceivedRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await readText(request)) as Record<string, unknown>;
    const isOpen = () => sockets.has(request.socket);
    requests.push({ path: request.url ?? '', headers: request.headers, body, isOpen });
    response.setHeader('Connection', 'close');
    await behaviour(response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    openSockets: () => sockets.size,
    behave(next) {
      behaviour = next;
      requests.length = 0;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const privateError = { error: { message: 'a private reason', type: 'x', code: null } };

/** Refuses with a status, and a body that nobody is to see unless another one is given. */
export function respondsWithStatus(
  status: number,
  headers: Record<string, string> = {},
  body: object = privateError,
): Behaviour {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers with a page where there should be an event stream. */
export const respondsWithHtml: Behaviour = (response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>a private reason</title>');
};

/** Takes the request and says nothing at all. */
export const sendsNothing: Behaviour = () => undefined;

/** Sends these pieces of an event stream, each as a chunk of its own, and ends. */
export function sends(...chunks: readonly (string | Uint8Array)[]): Behaviour {
  return async (response) => {
    await begin(response, chunks);
    response.end();
  };
}

/** Sends these, and then nothing more, ever; with none at all, it is the headers that are sent. */
export function sendsThenStalls(...chunks: readonly string[]): Behaviour {
  return (response) => begin(response, chunks);
}

/** Sends these, and then cuts the connection. */
export function sendsThenCuts(...chunks: readonly string[]): Behaviour {
  return async (response) => {
    await begin(response, chunks);
    response.socket?.resetAndDestroy();
  };
}

/** Sends the first, and then the other over and over: as fast as it is read, or one in `everyMs`. */
export function sendsForEver(first: string, again: string, everyMs = 0): Behaviour {
  return async (response) => {
    await begin(response, [first]);
    while (!response.destroyed) {
      if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
      if (!response.writableNeedDrain) response.write(again);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

async function begin(response: ServerResponse, chunks: readonly (string | Uint8Array)[]): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.flushHeaders();
  for (const chunk of chunks) await new Promise((resolve) => response.write(chunk, resolve));
}
