import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fake provider that implements OpenAI's protocol. */
export interface BenchProvider {
  /** The base URL, including `/v1`. */
  url: string;
  /** From now on, replies do not end: they send one chunk a second. */
  holdReplies(): void;
  /** Ends every held reply, and stops holding later ones. */
  endReplies(): void;
  stop(): Promise<void>;
}

const chunkIntervalMs = 1000;

export async function startProvider(): Promise<BenchProvider> {
  let isHolding = false;
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(chunkEvent({ content: 'Hello.' }));
    if (!isHolding) end(response);
    else held.add(response.once('close', () => held.delete(response)));
  });
  const timer = setInterval(() => {
    for (const response of held) response.write(chunkEvent({ content: ' And more.' }));
  }, chunkIntervalMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    holdReplies: () => {
      isHolding = true;
    },
    endReplies: () => {
      isHolding = false;
      for (const response of held) end(response);
    },
    stop: async () => {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function end(response: ServerResponse): void {
  response.end(`${chunkEvent({}, 'stop')}data: [DONE]\n\n`);
}

function chunkEvent(delta: object, finishReason: string | null = null): string {
  const chunk = {
    id: 'bench',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
