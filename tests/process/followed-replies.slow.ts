import { expect, test } from 'vitest';
import { sendsForEver, sendsThenStalls } from '../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../adapters/ai/wire-formats.js';
import { openConnection, requestBytes } from '../adapters/http/raw-connection.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { balanceOf, call, register, type Account, type ExchangeLine } from './api-client.js';
import {
  awaitExchange,
  follow,
  followedOf,
  openFollower,
  openKeyedStream,
  withProvider,
} from './followed-replies.js';
import { startServer, waitForStatus } from './server-process.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

/** Some time for a busy machine on top of the second that is promised. */
const promisedMs = 1000 + 2000;
/** The lease, at most 5 s until a server looks for expired leases, and some time for the release. */
const afterKillMs = 2000 + 5000 + 10_000;

function stop(url: string, { authToken }: Account, id: string) {
  return call<ExchangeLine>(url, `/api/chat/${id}/stop/`, { authToken, method: 'POST' });
}

test('a reply is followed at another server, which has it a second after its end at the latest', async () => {
  let letGo: () => void = () => undefined;
  const canEnd = new Promise<void>((resolve) => (letGo = resolve));
  const waits = async (response: Parameters<ReturnType<typeof sendsThenStalls>>[0]) => {
    await sendsThenStalls(wire.start, wire.text('One. '))(response);
    await canEnd;
    response.end(wire.text('Two.') + wire.finish('stop', { input: 1, output: 2 }));
  };
  await withProvider(storage(), waits, async (environment, provider) => {
    const [one, other] = await Promise.all([startServer(environment), startServer(environment)]);
    const jane = await register(one.url, 'jane_doe');
    const stream = await openKeyedStream(one.url, jane, { key: 'a' });
    const { id } = await awaitExchange(other.url, jane, ({ status }) => status === 'pending');
    const followers = [one, one, other, other].map(({ url }) => follow(url, jane, id));
    letGo();
    const sent = followedOf(await stream.text());
    const sentAtMs = performance.now();
    for (const followed of await Promise.all(followers)) {
      expect(followed.text).toBe('One. Two.');
      expect(followed.last).toMatchObject({ event: 'done', data: { id, tokens_charged: 100 } });
      expect(followed.last?.data['response']).toBe(sent.last?.data['response']);
    }
    expect(performance.now() - sentAtMs).toBeLessThan(promisedMs);
    expect(provider.requests).toHaveLength(1);
    expect(await balanceOf(other.url, jane)).toEqual({ tokens: 3900, held: 0 });
  });
});

test('a reply is stopped at another server, and its followers get what came', async () => {
  const endless = sendsForEver(wire.start, wire.text('word '), 20);
  await withProvider(storage(), endless, async (environment, provider) => {
    const [one, other] = await Promise.all([startServer(environment), startServer(environment)]);
    const jane = await register(one.url, 'jane_doe');
    const stream = await openKeyedStream(one.url, jane, { key: 'a' });
    const { id } = await awaitExchange(other.url, jane, ({ status }) => status === 'pending');
    const following = follow(other.url, jane, id);
    const stopped = await stop(other.url, jane, id);
    expect(stopped).toMatchObject({ status: 200, body: { status: 'cancelled', tokens_charged: 100 } });
    const kept = stopped.body.response ?? '';
    expect(kept).toMatch(/^(word )+$/);
    expect(followedOf(await stream.text())).toMatchObject({ text: kept, last: { event: 'done' } });
    expect(await following).toMatchObject({ text: kept, last: { event: 'done' } });
    await awaitUntil('the provider is left', 10_000, () =>
      Promise.resolve(provider.openSockets() === 0 || null),
    );
    expect(await balanceOf(one.url, jane)).toEqual({ tokens: 3900, held: 0 });
  });
});

test('a server that is killed leaves the text of its last renewal to the followers at the other one, and costs nothing', async () => {
  const endless = sendsForEver(wire.start, wire.text('word '), 50);
  await withProvider(storage(), endless, async (environment) => {
    const settings = { ...environment, HOLD_LEASE: '2s' };
    const [one, other] = await Promise.all([startServer(settings), startServer(settings)]);
    const jane = await register(one.url, 'jane_doe');
    const stream = await openKeyedStream(one.url, jane, { key: 'a' });
    const cut = expect(stream.text()).rejects.toThrow();
    const saved = await awaitExchange(other.url, jane, ({ response }) => response !== null);
    expect(saved.status).toBe('pending');
    const followers = [follow(other.url, jane, saved.id), follow(other.url, jane, saved.id)];
    await one.kill();
    await cut;
    const failed = await awaitExchange(other.url, jane, ({ status }) => status === 'failed', afterKillMs);
    expect(failed.tokens_charged).toBe(0);
    expect(failed.response?.startsWith(saved.response ?? '-')).toBe(true);
    for (const followed of await Promise.all(followers)) {
      expect(followed).toMatchObject({
        text: failed.response,
        last: { event: 'error', data: { code: 'provider_failed' } },
      });
    }
    expect(await balanceOf(other.url, jane)).toEqual({ tokens: 4000, held: 0 });
    expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  });
});

/** Reads so many bytes of a response, and disconnects. */
async function readAtLeast({ body }: Response, bytes: number): Promise<void> {
  let received = 0;
  for await (const chunk of body ?? []) {
    received += (chunk as Uint8Array).length;
    if (received >= bytes) return;
  }
  throw new Error(`The stream ended after ${received} bytes.`);
}

test('a client that stays and reads nothing stalls neither the followers of its reply nor its stop', async () => {
  const flood = sendsForEver(wire.start, wire.text('x'.repeat(10_000)), 20);
  await withProvider(storage(), flood, async (environment, provider) => {
    const server = await startServer(environment);
    const jane = await register(server.url, 'jane_doe');
    const body = JSON.stringify({ message: 'Hi', stream: true });
    const headers = [
      `Authorization: Token ${jane.authToken}`,
      'Content-Type: application/json',
      'Idempotency-Key: a',
      `Content-Length: ${body.length}`,
    ];
    const connection = await openConnection(server.url);
    connection.pause();
    await connection.send(requestBytes('POST /api/chat/', headers, body));
    const { id } = await awaitExchange(server.url, jane, ({ status }) => status === 'pending');
    const stalled = await openFollower(server.url, jane, id);
    // More than the buffers of a connection hold.
    await readAtLeast(await openFollower(server.url, jane, id), 8_000_000);
    const stopped = await stop(server.url, jane, id);
    expect(stopped.body).toMatchObject({ status: 'cancelled', tokens_charged: 100 });
    expect(stopped.body.response?.length).toBeGreaterThan(5_000_000);
    expect(await follow(server.url, jane, id)).toMatchObject({ last: { event: 'done' } });
    await awaitUntil('the provider is left', 10_000, () =>
      Promise.resolve(provider.openSockets() === 0 || null),
    );
    await stalled.body?.cancel();
    connection.destroy();
    expect(await balanceOf(server.url, jane)).toEqual({ tokens: 3900, held: 0 });
  });
});

test('followers of a server that stops get an error, for its own replies and for those of others', async () => {
  const stalls = sendsThenStalls(wire.start, wire.text('One. '));
  await withProvider(storage(), stalls, async (environment) => {
    const settings = { ...environment, SHUTDOWN_TIMEOUT: '1s' };
    const [one, other] = await Promise.all([startServer(settings), startServer(settings)]);
    const jane = await register(one.url, 'jane_doe');
    const stream = await openKeyedStream(one.url, jane, { key: 'a' });
    const { id } = await awaitExchange(other.url, jane, ({ status }) => status === 'pending');
    const following = follow(other.url, jane, id);
    const own = follow(one.url, jane, id);
    const exit = other.terminate();
    await waitForStatus(other, '/health/live', null, 20_000);
    expect(await following).toMatchObject({ text: '', last: { data: { code: 'unavailable' } } });
    expect(await exit).toMatchObject({ code: 0, signal: null });
    expect((await one.terminate()).code).toBe(0);
    for (const followed of [await own, followedOf(await stream.text())]) {
      expect(followed).toMatchObject({
        text: 'One. ',
        last: { event: 'error', data: { code: 'unavailable' } },
      });
    }
    const next = await startServer(settings);
    expect(await follow(next.url, jane, id)).toMatchObject({
      text: 'One. ',
      last: { event: 'error', data: { code: 'unavailable' } },
    });
    expect(await balanceOf(next.url, jane)).toEqual({ tokens: 4000, held: 0 });
    expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  });
});
