import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { relay, textOf } from '../../domain/chat/model-call/relayed.js';
import { offerOf, secretKey } from './asked.js';
import { connectionTo, gathered, chunksFrom } from './gathered.js';
import {
  respondsWithHtml,
  respondsWithStatus,
  misbehavingProvider,
  sendsNothing,
  sends,
  sendsForEver,
  sendsThenCuts,
  sendsThenStalls,
  type Behaviour,
} from './misbehaving-provider.js';
import { wireFormats } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

describe.each(wireFormats)('a model of $provider', (wire) => {
  const { start } = wire;
  const half = start + wire.text('Half a');
  /** Anthropic reports the input at the start as well. */
  const saidAtTheStart = wire.provider === 'anthropic' ? 5 : null;
  const question = {
    messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'a private question' }] }],
  };

  test.each<[fault: string, Behaviour]>([
    ...[400, 401, 403, 404, 500, 503, 529].map((status): [string, Behaviour] => [
      `the status ${status}`,
      respondsWithStatus(status),
    ]),
    ['HTML for JSON', respondsWithHtml],
    ['broken JSON', sends(start, 'data: {"choices": [\n\n')],
    ['broken JSON after some text', sends(half, 'data: {"type": "content_block_delta"\n\n')],
    ['an event of another shape', sends(half, 'data: {"choices": 7, "type": 7}\n\n')],
    ['an error event', sends(half, wire.error, wire.finish('stop'))],
    ['an error event first', sends(wire.error)],
    ['a cut connection', sendsThenCuts(half)],
    ['a connection cut before its first byte', sendsThenCuts()],
    ['an end without a finish', sends(half)],
    ['an end without anything', sends()],
  ])('with %s fails, and its error discloses nothing', async (_, behaviour) => {
    provider.behave(behaviour);
    const { read } = relay([offerOf(wire, provider.url)], question);
    const ended = await read();
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_failed' } });
    expectNothingDisclosed(ended);
    await awaitUntil('all sockets closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });

  test.each([
    ['refused', 'http://127.0.0.1:1/v1'],
    ['not found by name', 'http://no-such-host.invalid/v1'],
  ])('that is %s fails, and its error discloses nothing', async (_, url) => {
    const ended = await relay([offerOf(wire, url)], question).read();
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_failed' } });
    expectNothingDisclosed(ended);
  });

  test.each([
    [401, 1],
    [403, 1],
    [404, 1],
    [400, 1],
    [429, 3],
    [500, 3],
    [503, 3],
  ])('with the status %i is asked %i times if two retries are allowed', async (status, times) => {
    provider.behave(respondsWithStatus(status));
    const { clock, read, state } = relay([offerOf(wire, provider.url, { retries: 2 })]);
    void read();
    await awaitUntil('the end', 5000, async () => {
      await clock.advance(50);
      return state.ended;
    });
    expect(provider.requests).toHaveLength(times);
  });

  test.each([
    { header: '2', times: 3, afterMs: 4000, seconds: 2 },
    { header: '3', times: 1, afterMs: 0, seconds: 3 },
    { header: 'Wed, 21 Oct 2037 07:28:00 GMT', times: 3, afterMs: 750, seconds: undefined },
    { header: '-1', times: 3, afterMs: 750, seconds: undefined },
    { header: '99999999999', times: 3, afterMs: 750, seconds: undefined },
  ])('with the Retry-After "$header" is asked $times times in $afterMs ms', async (row) => {
    provider.behave(respondsWithStatus(429, { 'Retry-After': row.header }));
    const { clock, read, state } = relay([offerOf(wire, provider.url, { retries: 2 })]);
    void read();
    const startedAtMs = clock.now().getTime();
    await awaitUntil('the end', 5000, async () => {
      const [before, asked] = [clock.now().getTime() - startedAtMs, provider.requests.length];
      if (state.ended === null && before < row.afterMs && asked > 0) await clock.advance(250);
      return state.ended;
    });
    expect(clock.now().getTime() - startedAtMs).toBe(row.afterMs);
    expect(provider.requests).toHaveLength(row.times);
    const { ended } = state;
    const error = ended?.outcome === 'failed' ? ended.error : null;
    expect([error?.code, error?.details.retryAfterSeconds]).toEqual(['provider_busy', row.seconds]);
  });

  test.each<[fault: string, before: string, Behaviour]>([
    ['no headers', '', sendsNothing],
    ['no first byte', '', sendsThenStalls()],
    ['no first chunk', '', sendsThenStalls(start)],
    ['a stall in the middle', 'Half a', sendsThenStalls(half)],
  ])('with %s is stopped in time, and its connection closed', async (_, before, behaviour) => {
    provider.behave(behaviour);
    const { clock, read, state, chunks } = relay([
      offerOf(wire, provider.url, { firstChunkTimeoutMs: 30_000, idleTimeoutMs: 30_000 }),
    ]);
    void read();
    const isWaiting = () => provider.requests.length === 1 && textOf(chunks) === before;
    await awaitUntil('the request', 5000, () => Promise.resolve(isWaiting() || null));
    await clock.advance(29_999);
    expect(state.ended).toBeNull();
    await clock.advance(1);
    expect(state.ended ?? (await settled(state))).toMatchObject({ error: { code: 'provider_timeout' } });
    await awaitUntil('the socket closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });

  test.each<[fault: string, Behaviour]>([
    ['drips for ever', sendsForEver(start, wire.text('.'), 5)],
    ['never ends', sendsForEver(start, wire.text('.'))],
  ])('that %s is stopped at its total deadline', async (_, behaviour) => {
    provider.behave(behaviour);
    const { clock, read, state, chunks } = relay([
      offerOf(wire, provider.url, { idleTimeoutMs: 900_000, totalTimeoutMs: 300_000, maxReplyChars: 1e9 }),
    ]);
    void read();
    await awaitUntil('some chunks', 5000, () => Promise.resolve(chunks.length > 20 || null));
    await clock.advance(300_000);
    expect(await settled(state)).toMatchObject({ error: { code: 'provider_timeout' } });
    await awaitUntil('the socket closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });

  test('that never ends is stopped at the longest reply', async () => {
    provider.behave(sendsForEver(start, wire.text('0123456789')));
    const { read, chunks } = relay([offerOf(wire, provider.url, { maxReplyChars: 1000 })]);
    expect(await read()).toMatchObject({ outcome: 'failed', error: { code: 'provider_failed' } });
    expect(textOf(chunks)).toBe('0123456789'.repeat(100));
    await awaitUntil('the socket closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });

  test('whose line never ends is stopped as well', async () => {
    provider.behave(sendsForEver(`${half}data: {"`, 'x'.repeat(100_000)));
    const { read } = relay([offerOf(wire, provider.url)]);
    expect(await read()).toMatchObject({ outcome: 'failed', error: { code: 'provider_failed' } });
    await awaitUntil('the socket closed', 1000, () => Promise.resolve(provider.openSockets() === 0 || null));
  });

  test('whose bytes are split at any offset gives the same reply', async () => {
    const words = 'é 漢 🦉 \u2028 "usage" \\ end';
    const bytes = Buffer.from(
      start + wire.text(words) + wire.finish('stop', { input: 3, output: 4 }),
      'utf8',
    );
    for (let offset = 0; offset <= bytes.length; offset += 1) {
      provider.behave(sends(bytes.subarray(0, offset), bytes.subarray(offset)));
      const { read, chunks } = relay([offerOf(wire, provider.url)]);
      expect(await read(), `${offset}`).toMatchObject({
        outcome: 'complete',
        text: words,
        reported: { input: 3, output: 4 },
      });
      expect(textOf(chunks)).toBe(words);
    }
  }, 60_000);

  test.each<[reported: unknown, passedOn: { input: number | null; output: number | null } | null]>([
    [
      { input: -5, output: 3.5 },
      { input: -5, output: 3.5 },
    ],
    [
      { input: 1e300, output: 0 },
      { input: 1e300, output: 0 },
    ],
    [
      { input: 2, output: '7' },
      { input: 2, output: null },
    ],
    [
      { input: '2', output: 7 },
      { input: saidAtTheStart, output: 7 },
    ],
    [
      { input: {}, output: [] },
      { input: saidAtTheStart, output: null },
    ],
    [{ input: 2 }, { input: 2, output: null }],
    [{ output: 7 }, { input: saidAtTheStart, output: 7 }],
    [undefined, saidAtTheStart === null ? null : { input: saidAtTheStart, output: null }],
  ])('that reports the usage %o has the usage %o, and its text is complete', async (reported, passedOn) => {
    provider.behave(sends(half, wire.text(' word'), wire.finish('stop', reported as never)));
    const chunks = await chunksFrom(connectionTo(wire.provider, provider.url));
    expect(gathered(chunks)).toMatchObject({ reason: 'stop', text: 'Half a word', usage: passedOn });
  });
});

async function settled(state: { ended: unknown }): Promise<unknown> {
  return awaitUntil('the end', 1000, () => Promise.resolve(state.ended));
}

function expectNothingDisclosed(ended: unknown): void {
  const shown = inspect(ended, { depth: 20, showHidden: true }).replaceAll(/repliedBy: [^]*/g, '');
  expect(shown).not.toContain(secretKey);
  expect(shown).not.toMatch(/private|127\.0\.0\.1|invalid\/v1|Bearer/);
}
