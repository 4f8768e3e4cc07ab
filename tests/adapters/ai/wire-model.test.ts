import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectModel } from '../../../src/adapters/ai/providers.js';
import { nothingReported } from '../../../src/domain/metering/usage.js';
import type { ReplyChunk } from '../../../src/ports/ai-model.js';
import { relay, say } from '../../domain/chat/model-call/relayed.js';
import { offerOf, secretKey } from './asked.js';
import { connectionTo, gathered, chunksFrom } from './gathered.js';
import { misbehavingProvider, sends, type MisbehavingProvider } from './misbehaving-provider.js';
import { wireFormats } from './wire-formats.js';

let provider: MisbehavingProvider;

beforeAll(async () => {
  provider = await misbehavingProvider();
});

beforeEach(() => {
  const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info'), vi.spyOn(console, 'error')];
  return () => {
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  };
});

afterAll(() => provider.stop());

const look = { name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } };
const call = { id: 'call_1', name: 'look', arguments: '{"at": "é"}' };
const sampling = { temperature: 0.5, topP: 0.9, stop: ['END'] };

describe.each(wireFormats)('a model of $provider', (wire) => {
  const whole =
    wire.start + wire.text('Hello') + wire.text(' there') + wire.finish('stop', { input: 3, output: 4 });

  test('replies chunk by chunk, with the finish reason and the usage', async () => {
    provider.behave(sends(whole));
    const offer = offerOf(wire, provider.url);
    const { read, chunks } = relay([offer]);
    expect(await read()).toEqual({
      outcome: 'complete',
      text: 'Hello there',
      toolCalls: [],
      parts: [{ type: 'text', text: 'Hello there' }],
      reason: 'stop',
      stopSequence: null,
      failedModels: [],
      reasoningSize: 0,
      reported: { ...nothingReported, input: 3, output: 4 },
      repliedBy: offer,
    });
    expect(chunks).toEqual([say('Hello'), say(' there')]);
  });

  test.each(['stop', 'length', 'content_filter'])('reports the finish reason %s', async (reason) => {
    provider.behave(sends(wire.start, wire.text('Hi'), wire.finish(reason, { input: 1, output: 1 })));
    expect(await relay([offerOf(wire, provider.url)]).read()).toMatchObject({ reason });
  });

  test('gets its key, its upstream name and the output limit', async () => {
    provider.behave(sends(whole));
    await relay([offerOf(wire, provider.url)], {
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
        { role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] },
        { role: 'user', parts: [{ type: 'text', text: 'How are you?' }] },
      ],
      maxOutputTokens: 77,
      sampling,
    }).read();
    const [request] = provider.requests;
    expect(request?.body).toMatchObject({ model: 'upstream-model', stream: true, temperature: 0.5 });
    expect(Object.values(request?.body ?? {})).toContain(77);
    expect(JSON.stringify(request?.body)).toMatch(/Be kind\..*Hi.*Hello.*How are you\?|How are you.*Be kind/);
    expect(JSON.stringify(request?.body)).toContain('"END"');
    expect(Object.values(request?.headers ?? {}).join()).toContain(secretKey);
    expect(request?.path).toMatch(/^\/v1\/(chat\/completions|messages)$/);
  });

  test('gets the tools, and its calls are passed on as it wrote them', async () => {
    provider.behave(
      sends(wire.start, wire.toolCall(call), wire.finish('tool_calls', { input: 1, output: 1 })),
    );
    const { read, chunks } = relay([offerOf(wire, provider.url)], {
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'Look.' }] },
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', ...{ id: 'call_0', name: 'look', arguments: '{"a":1}' } }],
        },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_result',
              toolCallId: 'call_0',
              content: [{ type: 'text', text: 'Nothing there.' }],
              isError: false,
            },
          ],
        },
      ],
      tools: [look],
      toolChoice: { name: 'look' },
    });
    expect(await read()).toMatchObject({
      outcome: 'complete',
      text: '',
      reason: 'tool_calls',
      toolCalls: [call],
    });
    expect(gathered(chunks).calls).toEqual([call]);
    const body = JSON.stringify(provider.requests[0]?.body);
    expect(body).toContain('Looks.');
    expect(body).toContain('Nothing there.');
    expect(body.match(/call_0/g)).toHaveLength(2);
    expect(provider.requests[0]?.body['tool_choice']).toMatchObject({});
  });

  test('may send reasoning first, which is a part of the reply and not of its text', async () => {
    const thought = { type: 'reasoning', text: 'a private thought' };
    const thoughtful = whole.replace(wire.text('Hello'), (text) => wire.thought('a private thought') + text);
    provider.behave(sends(thoughtful));
    const offer = offerOf(wire, provider.url);
    const { read, chunks, request } = relay([offer]);
    expect(await read()).toMatchObject({ outcome: 'complete', text: 'Hello there' });
    expect(chunks).toEqual([thought, say('Hello'), say(' there')]);
    const sent: ReplyChunk[] = [];
    for await (const chunk of offer.model.reply(request)) sent.push(chunk);
    expect(sent).toContainEqual(thought);
  });
});

test('a model of anthropic reports its input at the start, and its output only at the end', async () => {
  const wire = wireFormats.find(({ provider: name }) => name === 'anthropic');
  if (wire === undefined) throw new TypeError('There is no such format.');
  const end = wire.finish('stop', { input: undefined, output: 9 });
  provider.behave(sends(wire.start, wire.text('Hi'), end));
  expect(await relay([offerOf(wire, provider.url)]).read()).toMatchObject({
    reported: { input: 5, output: 9 },
  });
  for (const usage of ['"usage":{}', '"usage":{"input_tokens":"5"}', '"other":1']) {
    const start = wire.start.replace(/"usage":\{[^}]*\}/, usage);
    provider.behave(sends(start, wire.text('Hi'), end));
    const reply = gathered(await chunksFrom(connectionTo('anthropic', provider.url)));
    expect(reply).toMatchObject({ text: 'Hi', usage: { input: null, output: 9 } });
  }
});

test.each(wireFormats)(
  'a parameter that $provider does not support is rejected, never dropped in silence',
  async (wire) => {
    provider.behave(sends(wire.start, wire.text('Hi'), wire.finish('stop')));
    const offer = offerOf(wire, provider.url);
    for (const [name, value] of [
      ['seed', 7],
      ['presencePenalty', 0.5],
      ['frequencyPenalty', 0.5],
      ['temperature', 0.5],
    ] as const) {
      const ended = await relay([offer], { sampling: { [name]: value } }).read();
      const isRejected = offer.model.unsupported.includes(name);
      expect(ended.outcome, name).toBe(isRejected ? 'failed' : 'complete');
      expect(isRejected, name).toBe(wire.provider === 'anthropic' && name !== 'temperature');
    }
  },
);

test('a model of anthropic has a temperature of at most 1', () => {
  const highest = wireFormats.map((wire) => [
    wire.provider,
    offerOf(wire, provider.url).model.limits?.temperature,
  ]);
  expect(Object.fromEntries(highest)).toEqual({
    'openai-compatible': undefined,
    openai: undefined,
    anthropic: 1,
  });
});

test('a provider without a key gets no Authorization header', async () => {
  const [wire] = wireFormats;
  provider.behave(sends(wire?.start ?? '', wire?.text('Hi') ?? '', wire?.finish('stop') ?? ''));
  const { model, ...terms } = offerOf({ provider: 'openai-compatible' }, provider.url);
  const keyless = connectModel({
    provider: 'openai-compatible',
    baseUrl: provider.url,
    apiKey: null,
    upstream: 'm',
  });
  expect(await relay([{ ...terms, model: keyless }]).read()).toMatchObject({ outcome: 'complete' });
  expect(provider.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(model).not.toBe(keyless);
});

test('echo accepts any sampling, and does not support tools', async () => {
  const echo = {
    ...offerOf({ provider: 'openai' }, provider.url),
    model: connectModel({ provider: 'echo' }),
  };
  expect(await relay([echo], { sampling: { ...sampling, seed: 1 } }).read()).toMatchObject({
    text: 'Echo: Hi',
  });
  expect(await relay([echo], { tools: [look] }).read()).toMatchObject({ outcome: 'failed' });
});
