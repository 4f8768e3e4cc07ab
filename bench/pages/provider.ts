import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { chunkEvent, endReply, startCompletionServer, type CompletionServer } from '../completion-server.js';

const chunkLength = 120;
const intervalMs = 16;

/** A fake provider that streams Markdown: as many characters as the last number in the message says. */
export function startPageProvider(): Promise<CompletionServer> {
  return startCompletionServer((request, response) => void streamMarkdown(request, response));
}

async function streamMarkdown(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { messages } = JSON.parse(Buffer.concat(parts).toString()) as { messages: { content: unknown }[] };
  const length = JSON.stringify(messages.at(-1)?.content).match(/\d+/g)?.at(-1) ?? '600';
  const reply = markdownOf(Number(length));
  for (let at = 0; at < reply.length; at += chunkLength) {
    response.write(chunkEvent({ content: reply.slice(at, at + chunkLength) }));
    // Short replies come at once, because only long ones are measured while they come.
    if (reply.length > 10_000) await delay(intervalMs);
  }
  endReply(response);
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
