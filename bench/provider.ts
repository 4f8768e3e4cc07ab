import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider that speaks OpenAI's protocol, and does nothing else. */
export interface BenchProvider {
  /** Up to and with `/v1`. */
  url: string;
  /** From now on replies have begun but do not end, and say a word every second. */
  holdReplies(): void;
  /** Ends every reply that is held, and no later one is. */
  endReplies(): void;
  stop(): Promise<void>;
}

const wordEveryMs = 1000;

export async function startProvider(): Promise<BenchProvider> {
  let holds = false;
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(piece({ content: 'Hello.' }));
    if (!holds) end(response);
    else held.add(response.once('close', () => held.delete(response)));
  });
  const saying = setInterval(() => {
    for (const response of held) response.write(piece({ content: ' And more.' }));
  }, wordEveryMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    holdReplies: () => {
      holds = true;
    },
    endReplies: () => {
      holds = false;
      for (const response of held) end(response);
    },
    stop: async () => {
      clearInterval(saying);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function end(response: ServerResponse): void {
  response.end(`${piece({}, 'stop')}data: [DONE]\n\n`);
}

function piece(delta: object, finishReason: string | null = null): string {
  const chunk = {
    id: 'bench',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
