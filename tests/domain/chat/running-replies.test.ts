import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { MessageChunk } from '../../../src/domain/chat/message.js';
import { runningReplies } from '../../../src/domain/chat/running-replies.js';
import type { ExchangeReference } from '../../../src/ports/hold-ledger.js';
import { awaitUntil } from '../../../src/testing/await-until.js';

const exchange = { userId: 'u', exchangeId: 'e' };

function opened() {
  const timers = new Set<() => void>();
  const asked: (readonly ExchangeReference[])[] = [];
  const replies = runningReplies({
    clock: {
      every: (_, work) => {
        timers.add(work);
        return () => timers.delete(work);
      },
    },
    holdLedger: {
      stopRequests: (exchanges) => {
        asked.push(exchanges);
        return Promise.resolve([]);
      },
    },
  });
  const tick = () => {
    for (const work of timers) work();
  };
  return { replies, timers, asked, tick };
}

function text(words: string): MessageChunk {
  return { type: 'text', text: words };
}

describe('the replies of this process', () => {
  test('are forgotten at their end, and stop requests are no longer read', () => {
    const { replies, timers, asked, tick } = opened();
    const reply = replies.begin(exchange, () => undefined);
    const second = { ...exchange, exchangeId: 'f' };
    const other = replies.begin(second, () => undefined);
    tick();
    reply.end(null);
    expect(replies.find(exchange)).toBeNull();
    expect(timers.size).toBe(1);
    tick();
    expect(asked).toEqual([[exchange, second], [second]]);
    other.end(new Error('failed'));
    expect(timers.size).toBe(0);
  });

  test('take the place of those that have ended, and all are found', () => {
    const { replies } = opened();
    const begun = [0, 1, 2].map((number) => {
      const reference = { ...exchange, exchangeId: `reply-${number}` };
      return { reference, reply: replies.begin(reference, () => undefined) };
    });
    begun[1]?.reply.end(null);
    replies.begin(exchange, () => undefined);
    const found = [...begun.map(({ reference }) => reference), exchange].map(
      (reference) => replies.find(reference) !== null,
    );
    expect(found).toEqual([true, false, true, true]);
  });

  test('keep no chunk in memory once they have ended and their followers have left', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { replies } = opened();
    const begin = () => {
      const reply = replies.begin(exchange, () => undefined);
      const chunk = text('One.');
      reply.add(chunk);
      return { reply, chunk: new WeakRef(chunk) };
    };
    const use = async () => {
      const { reply, chunk } = begin();
      const follower = reply.follow();
      await follower.next();
      const stalled = reply.follow(AbortSignal.abort());
      expect((await stalled.next()).done).toBe(true);
      reply.end(null);
      expect((await follower.next()).done).toBe(true);
      return chunk;
    };
    const chunk = await use();
    await awaitUntil('the chunk is collected', 5000, () => {
      collectGarbage();
      return Promise.resolve(chunk.deref() === undefined || null);
    });
  });

  test('are found by their own account only', () => {
    const { replies } = opened();
    replies.begin(exchange, () => undefined);
    expect(replies.find({ ...exchange, userId: 'other' })).toBeNull();
    expect(replies.find(exchange)).not.toBeNull();
  });

  test('end a follower that leaves while nothing comes', async () => {
    const { replies } = opened();
    const reply = replies.begin(exchange, () => undefined);
    const page = new AbortController();
    const next = reply.follow(page.signal).next();
    page.abort();
    expect((await next).done).toBe(true);
  });
});
