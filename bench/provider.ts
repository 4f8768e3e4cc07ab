import type { ServerResponse } from 'node:http';
import { chunkEvent, endReply, startCompletionServer, type CompletionServer } from './completion-server.js';

/** A fake provider whose replies are short, or go on until they are ended. */
export interface BenchProvider extends CompletionServer {
  /** From now on, replies do not end: they send one chunk a second. */
  holdReplies(): void;
  /** Ends every held reply, and stops holding later ones. */
  endReplies(): void;
}

const chunkIntervalMs = 1000;

export async function startProvider(): Promise<BenchProvider> {
  let isHolding = false;
  const held = new Set<ServerResponse>();
  const server = await startCompletionServer((request, response) => {
    request.resume();
    response.write(chunkEvent({ content: 'Hello.' }));
    if (!isHolding) endReply(response);
    else held.add(response.once('close', () => held.delete(response)));
  });
  const timer = setInterval(() => {
    for (const response of held) response.write(chunkEvent({ content: ' And more.' }));
  }, chunkIntervalMs);
  return {
    url: server.url,
    holdReplies: () => {
      isHolding = true;
    },
    endReplies: () => {
      isHolding = false;
      for (const response of held) endReply(response);
    },
    stop: async () => {
      clearInterval(timer);
      await server.stop();
    },
  };
}
