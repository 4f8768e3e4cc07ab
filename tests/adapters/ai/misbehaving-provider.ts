import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text as readText } from 'node:stream/consumers';

/** A request that the provider received. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
  /** Whether its connection is still open. */
  isOpen(): boolean;
}

/** What the provider does with a request. */
export type Behaviour = (response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that misbehaves as a test requires. */
export interface MisbehavingProvider {
  /** The base URL, with the version. */
  url: string;
  requests: ReceivedRequest[];
  openSockets(): number;
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

/** Starts a provider on a free port. No connection is used twice, so that an open one is a leak. */
export async function misbehavingProvider(): Promise<MisbehavingProvider> {
  let behaviour: Behaviour = respondsWithStatus(500);
  const sockets = new Set<Socket>();
  const requests: ReceivedRequest[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await readText(request)) as Record<string, unknown>;
    const isOpen = () => sockets.has(request.socket);
    requests.push({ path: request.url ?? '', headers: request.headers, body, isOpen });
    response.setHeader('Connection', 'close');
    await behaviour(response);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
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

/** Responds with an error status; by default with a body that must not be shown. */
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

/** Responds with an HTML page instead of an event stream. */
export const respondsWithHtml: Behaviour = (response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>a private reason</title>');
};

/** Accepts the request and sends nothing. */
export const sendsNothing: Behaviour = () => undefined;

/** Sends these parts of an event stream, each as an HTTP chunk, and ends. */
export function sends(...chunks: readonly (string | Uint8Array)[]): Behaviour {
  return async (response) => {
    await begin(response, chunks);
    response.end();
  };
}

/** Sends these parts, or only the headers if there are none, and then nothing more. */
export function sendsThenStalls(...chunks: readonly string[]): Behaviour {
  return (response) => begin(response, chunks);
}

/** Sends these parts, and then cuts the connection. */
export function sendsThenCuts(...chunks: readonly string[]): Behaviour {
  return async (response) => {
    await begin(response, chunks);
    response.socket?.resetAndDestroy();
  };
}

/** Sends the first part, and then the other one repeatedly: as fast as it is read, or every `everyMs`. */
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
