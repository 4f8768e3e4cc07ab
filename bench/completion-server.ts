import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fake provider that implements OpenAI's protocol for streams. */
export interface CompletionServer {
  /** The base URL, including `/v1`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1; `reply` writes the stream of one request and ends it. */
export async function startCompletionServer(
  reply: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<CompletionServer> {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    reply(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Ends the stream of a reply as OpenAI does. */
export function endReply(response: ServerResponse): void {
  response.end(`${chunkEvent({}, 'stop')}data: [DONE]\n\n`);
}

/** One event of the stream. */
export function chunkEvent(delta: object, finishReason: string | null = null): string {
  const chunk = {
    id: 'bench',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
