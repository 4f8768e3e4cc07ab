import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a request is handled. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on this machine. */
export interface LocalServer {
  url: string;
  close(): Promise<void>;
}

export async function serveLocally(handle: Handler): Promise<LocalServer> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      handle(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends chunks of a streamed chat completion. */
export function sendChunks(response: ServerResponse, chunks: readonly object[]): void {
  if (!response.headersSent) response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const chunk of chunks) {
    const common = { id: 'completion', object: 'chat.completion.chunk', created: 0, model: 'model' };
    response.write(`data: ${JSON.stringify({ ...common, ...chunk })}\n\n`);
  }
}
