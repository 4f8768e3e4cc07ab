import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const chunkLength = 120;
const intervalMs = 16;

/** A fake provider that streams Markdown: as many characters as the last number in the message says. */
export interface PageProvider {
  /** The base URL, including `/v1`. */
  url: string;
  stop(): Promise<void>;
}

export async function startPageProvider(): Promise<PageProvider> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { messages } = JSON.parse(Buffer.concat(parts).toString()) as {
        messages: { content: unknown }[];
      };
      const asked = JSON.stringify(messages.at(-1)?.content).match(/\d+/g)?.at(-1) ?? '600';
      const reply = markdownOf(Number(asked));
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (let at = 0; at < reply.length; at += chunkLength) {
        response.write(chunkEvent({ content: reply.slice(at, at + chunkLength) }));
        // Short replies come at once, because only long ones are measured while they come.
        if (reply.length > 10_000) await delay(intervalMs);
      }
      response.end(`${chunkEvent({}, 'stop')}data: [DONE]\n\n`);
    })();
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

const section = [
  '## A section of a reply',
  'A paragraph with **bold**, *italic* and `code`, a [link](https://a.example/path) and the formula \\(a^2 + b^2 = c^2\\). It goes on for a few lines, as the paragraphs of models do.',
  '1. The first thing\n2. The second thing, which is a little longer\n3. The third thing',
  '```ts\nexport function sum(numbers: readonly number[]): number {\n  // Adds all of them.\n  return numbers.reduce((total, number) => total + number, 0);\n}\n```',
  '| name | unit | value |\n|---|---|---|\n| length | m | 1.5 |\n| time | s | 20 |',
  '$$\n\\int_0^1 x\\,dx = \\frac{1}{2}\n$$',
].join('\n\n');

function markdownOf(length: number): string {
  return `${section}\n\n`.repeat(Math.ceil(length / section.length)).slice(0, length);
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
