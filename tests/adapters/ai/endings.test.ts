import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { connectModel } from '../../../src/adapters/ai/providers.js';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { connectionTo, gathered, chunksFrom, requestFor } from './gathered.js';
import {
  misbehavingProvider,
  sends,
  sendsForEver,
  sendsThenCuts,
  sendsThenStalls,
} from './misbehaving-provider.js';
import { wireFormats } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const closed = () =>
  awaitUntil('the socket closed', 2000, () => Promise.resolve(provider.openSockets() === 0 || null));

/** Longer than a test may take, so that a reply that waits for it fails. */
const endlessGrace = { graceMs: 10 * 60_000 };

describe.each(wireFormats)('a reply of $provider', (wire) => {
  const isAnthropic = wire.provider === 'anthropic';
  const words = wire.start + wire.text('Hello');
  const whole = words + wire.finish('stop', { input: 3, output: 4 });
  /** A stream with the finish reason and without what should follow it. */
  const [reasonOnly = ''] = whole.split(isAnthropic ? 'event: message_stop' : 'data: [DONE]');
  const hello = { text: 'Hello', reason: 'stop', usage: { input: 3, output: 4 } };
  const read = async (options = {}) =>
    gathered(await chunksFrom(connectionTo(wire.provider, provider.url), {}, options));

  test('ends with its last event, whether the connection stays open or breaks', async () => {
    for (const behave of [sendsThenStalls, sendsThenCuts, sends]) {
      provider.behave(behave(whole));
      expect(await read(endlessGrace)).toMatchObject(hello);
      await closed();
    }
  });

  test('ends with its last event, whatever follows', async () => {
    provider.behave(sendsForEver(whole, `${wire.text('more')}data: no JSON\n\n`));
    expect(await read(endlessGrace)).toMatchObject(hello);
    await closed();
  });

  test('is complete soon after its finish reason if only silence, an end or a reset follows', async () => {
    for (const behave of [sendsThenStalls, sendsThenCuts, sends]) {
      provider.behave(behave(reasonOnly));
      expect(await read({ graceMs: 30 })).toMatchObject(hello);
      await closed();
    }
    for (const keepAlive of [': still there\n\n', 'data:\n\n', 'data: {"choices":[]}\n\n']) {
      provider.behave(sendsForEver(reasonOnly, keepAlive, 5));
      expect(await read({ graceMs: 60 })).toMatchObject(hello);
      await closed();
    }
  });

  test('waits for the usage that follows its finish reason', async () => {
    const reason = isAnthropic ? reasonOnly : words + wire.finish('stop').replace('data: [DONE]\n\n', '');
    const rest = whole.slice(reason.length);
    provider.behave(async (response) => {
      await sendsThenStalls(reason)(response);
      setTimeout(() => response.write(rest), 50);
    });
    expect(await read(endlessGrace)).toMatchObject(hello);
  });

  test('ends with the usage that follows its finish reason, even without a last event', async () => {
    if (isAnthropic) return;
    provider.behave(sendsThenStalls(reasonOnly));
    expect(await read(endlessGrace)).toMatchObject(hello);
  });

  test('is complete if data without an event follows its finish reason', async () => {
    provider.behave(sends(`${reasonOnly}data: no JSON\n\n`));
    expect(await read()).toMatchObject(hello);
  });

  test('without text is complete with its finish reason', async () => {
    for (const reason of ['stop', 'length', 'content_filter']) {
      provider.behave(sends(wire.start, wire.thought('Hm.'), wire.finish(reason, { input: 1, output: 2 })));
      expect(await read()).toMatchObject({
        text: '',
        reasoning: 'Hm.',
        reason,
        usage: { input: 1, output: 2 },
      });
    }
  });

  test('has a sign of life before its first text', async () => {
    const model = connectModel(connectionTo(wire.provider, provider.url));
    for (const sign of [
      ': comment\n\n',
      'data:\n\n',
      'data: {"type":"ping"}\n\n',
      'data: {}\n\n',
      '\n',
      wire.start,
    ]) {
      provider.behave(sendsThenStalls(sign));
      const leaver = new AbortController();
      const chunks = model.reply(requestFor({ signal: leaver.signal }))[Symbol.asyncIterator]();
      const first = await chunks.next();
      expect(first.value).toMatchObject({ type: sign === wire.start && isAnthropic ? 'usage' : 'alive' });
      leaver.abort();
      await chunks.return?.();
    }
  });
});

test('[DONE] ends a reply without a finish reason, but is not a reply by itself', async () => {
  const [openAi] = wireFormats;
  const read = async (body: string) => {
    provider.behave(sends(body));
    return gathered(await chunksFrom(connectionTo('openai-compatible', provider.url)));
  };
  const text = `${openAi?.start ?? ''}${openAi?.text('Hello') ?? ''}`;
  expect(await read(`${text}data: [DONE]\n\n`)).toMatchObject({ text: 'Hello', reason: 'other' });
  await expect(read('data: [DONE]\n\n')).rejects.toMatchObject({ code: 'provider_failed' });
});

test('events without a blank line between them are read line by line', async () => {
  const chunk = (choice: object) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}`;
  const hello = chunk({ delta: { content: 'Hello' } });
  const stop = chunk({ delta: {}, finish_reason: 'stop' });
  for (const body of [
    `${hello}\n${stop}\ndata: [DONE]\n`,
    `${hello}\n\n${stop}\ndata: [DONE]\n\n`,
    `${hello}\ndata: [DONE]`,
  ]) {
    provider.behave(sendsThenStalls(body));
    const read = gathered(
      await chunksFrom(connectionTo('openai-compatible', provider.url), {}, endlessGrace),
    );
    expect(read).toMatchObject({ text: 'Hello', reason: body.includes('stop') ? 'stop' : 'other' });
    await closed();
  }
});

describe('a provider that keeps its connections', () => {
  let server: Server | null = null;

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  test.each(wireFormats)(
    'gets the next request on the same connection after a reply of $provider',
    async (wire) => {
      let connections = 0;
      const whole = wire.start + wire.text('Hello') + wire.finish('stop', { input: 3, output: 4 });
      server = createServer((request, response) => {
        request.resume();
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.end(whole);
      });
      server.on('connection', () => (connections += 1));
      await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const model = connectModel(connectionTo(wire.provider, `http://127.0.0.1:${port}/v1`));
      for (let time = 0; time < 5; time += 1) {
        const chunks = [];
        for await (const chunk of model.reply(requestFor())) chunks.push(chunk);
        expect(gathered(chunks).text).toBe('Hello');
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(connections).toBe(1);
    },
  );
});
