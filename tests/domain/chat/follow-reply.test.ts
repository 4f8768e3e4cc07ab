import { beforeEach, describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { followEveryMs, followReply, type FollowRequest } from '../../../src/domain/chat/follow-reply.js';
import type { Stores } from '../../../src/ports/stores.js';
import { createAccount, newId, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { manualClock } from './manual-clock.js';

describe('a reply of another process', () => {
  let stores: Stores;
  let userId: string;
  beforeEach(async () => {
    stores = memoryStores();
    userId = await createAccount(stores, 1000);
  });

  const follow = (exchangeId: string, signals: Pick<FollowRequest, 'signal' | 'stopping'> = {}) => {
    const clock = manualClock();
    const deps = { holdLedger: stores.holdLedger, clock, runningReplies: { find: () => null } };
    return { clock, chunks: followReply(deps, { caller: operatorCaller, userId, exchangeId, ...signals }) };
  };

  test('that was erased does not exist', async () => {
    const conversationId = newId();
    const conversation = { id: conversationId, title: 'T' };
    const { exchangeId, ...reference } = await openHold(stores, userId, { conversation });
    await stores.holdLedger.settle(settlementOf({ ...reference, exchangeId }, 1, { reply: 'private' }));
    await stores.conversationStore.erase({ userId, conversationId });
    await expect(follow(exchangeId).chunks.next()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is looked for every half second, and comes whole once it is stored', async () => {
    const exchange = await openHold(stores, userId);
    const { clock, chunks } = follow(exchange.exchangeId);
    let first: unknown = null;
    void chunks.next().then(({ value }) => (first = value));
    await clock.advance(3 * followEveryMs);
    expect(first).toBeNull();
    await stores.holdLedger.settle(settlementOf(exchange, 1, { reply: 'One.' }));
    await clock.advance(followEveryMs);
    expect(first).toMatchObject({ type: 'started', exchangeId: exchange.exchangeId, replayed: true });
    const rest = [];
    for await (const chunk of chunks) rest.push(chunk);
    expect(rest).toMatchObject([
      { type: 'text', text: 'One.' },
      { type: 'done', reply: 'One.', charged: 1 },
    ]);
    expect(clock.waiting()).toBe(0);
  });

  test('is an error at once if this process stops', async () => {
    const { exchangeId } = await openHold(stores, userId);
    const process = new AbortController();
    const { clock, chunks } = follow(exchangeId, { stopping: process.signal });
    const next = chunks.next();
    await clock.advance(followEveryMs);
    process.abort();
    await expect(next).rejects.toMatchObject({
      code: 'unavailable',
      details: { retryAfterSeconds: 1 },
    });
    expect(clock.waiting()).toBe(0);
  });

  test('is no longer looked for once its follower has left', async () => {
    const { exchangeId } = await openHold(stores, userId);
    const page = new AbortController();
    const { clock, chunks } = follow(exchangeId, { signal: page.signal });
    const next = chunks.next();
    await clock.advance(followEveryMs);
    page.abort();
    expect((await next).done).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  test('that was stopped before any of it came is the error reply_stopped', async () => {
    const exchange = await openHold(stores, userId);
    await stores.holdLedger.release({ exchange, status: 'cancelled', failure: null, partial: null });
    const { chunks } = follow(exchange.exchangeId);
    expect((await chunks.next()).value).toMatchObject({ type: 'started' });
    await expect(chunks.next()).rejects.toMatchObject({ code: 'reply_stopped' });
  });

  test('whose process was killed yields the text of its last renewal, and an error', async () => {
    const exchange = await openHold(stores, userId);
    const partial = { reply: 'Half', toolCalls: null };
    await stores.holdLedger.renew(exchange, 60_000, partial);
    await stores.holdLedger.expireHolds({ everyOpen: true });
    const { chunks } = follow(exchange.exchangeId);
    expect((await chunks.next()).value).toMatchObject({ type: 'started' });
    expect((await chunks.next()).value).toEqual({ type: 'text', text: 'Half' });
    await expect(chunks.next()).rejects.toMatchObject({ code: 'provider_failed' });
    expect(await stores.creditLedger.balance(userId)).toEqual({ balance: 1000, held: 0 });
  });
});
