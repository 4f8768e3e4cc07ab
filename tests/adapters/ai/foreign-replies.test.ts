import { afterAll, describe, expect, test } from 'vitest';
import { connectModel } from '../../../src/adapters/ai/providers.js';
import { connectionTo, gathered, chunksFrom, requestFor } from './gathered.js';
import { misbehavingProvider, type Behaviour } from './misbehaving-provider.js';
import { wireFormats } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };

/** Sends a body as an event stream, and ends it or leaves the connection open. */
const body =
  (text: string, isOpen: boolean, contentType = 'text/event-stream'): Behaviour =>
  (response) => {
    // Only a kept connection has listeners of its own.
    response.removeHeader('Connection');
    response.writeHead(200, { 'Content-Type': contentType });
    if (isOpen) response.write(text);
    else response.end(text);
  };

describe.each(wireFormats)('a model of $provider', (wire) => {
  test.each([
    ['an error event', `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`],
    ['an error without a name', `data: ${JSON.stringify({ error: { message: 'x', code: 500 } })}\n\n`],
    ['an error that is a text', 'data: {"error":"something"}\n\n'],
    ['an error in a list', 'data: [{"error":{"code":503,"status":"UNAVAILABLE","message":"x"}}]\n\n'],
    ['an event called error', 'event: error\ndata: {"message":"something"}\n\n'],
    ['what is no JSON', 'data: {"choices": [\n\n'],
    ['words', 'data: Hello\n\n'],
  ])('whose first event is %s fails one reply, even if the caller then disconnects', async (_, text) => {
    for (const isOpen of [false, true]) {
      provider.behave(body(text, isOpen));
      const model = connectModel(connectionTo(wire.provider, provider.url));
      const leaver = new AbortController();
      const reply = model.reply(requestFor({ signal: leaver.signal }))[Symbol.asyncIterator]();
      await expect(reply.next()).rejects.toMatchObject({ code: 'provider_failed' });
      leaver.abort(new DOMException('gone', 'AbortError'));
      // An emitter without a listener throws in a later turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  test.each([
    ['HTML', '<!doctype html><p>Hi', 'text/html'],
    ['plain words', 'Not found', 'text/plain'],
    ['JSON of something else', '{"hello":1}', 'application/json'],
    ['a list', '[1,2]', 'application/json'],
    ['broken JSON', '{"choices":', 'application/json'],
    ['nothing', '', 'text/event-stream'],
    ['an error of JSON', JSON.stringify(overloaded), 'application/json'],
  ])('that sends %s fails', async (_, text, contentType) => {
    provider.behave(body(text, false, contentType));
    await expect(chunksFrom(connectionTo(wire.provider, provider.url))).rejects.toMatchObject({
      code: 'provider_failed',
    });
  });

  test('that replies in another format fails', async () => {
    const others = wireFormats.filter(
      (other) => (other.provider === 'anthropic') !== (wire.provider === 'anthropic'),
    );
    for (const other of others) {
      provider.behave(
        body(other.start + other.text('Hi') + other.finish('stop', { input: 1, output: 1 }), false),
      );
      await expect(chunksFrom(connectionTo(wire.provider, provider.url))).rejects.toMatchObject({
        code: 'provider_failed',
      });
    }
  });

  test('skips what it does not know, and the reply is complete', async () => {
    const odd = [
      'data:\n\n',
      ': comment\n\n',
      'data: null\n\n',
      'data: 7\n\n',
      'data: "text"\n\n',
      'data: []\n\n',
      'data: {}\n\n',
      'data: {"choices":null}\n\n',
      'data: {"choices":[]}\n\n',
      'data: {"choices":[null]}\n\n',
      'data: {"choices":[{"index":0}]}\n\n',
      'data: {"choices":[{"delta":null,"finish_reason":null}]}\n\n',
      'data: {"choices":[{"delta":{"content":null,"tool_calls":null,"role":"assistant"}}]}\n\n',
      'data: {"choices":[{"delta":{"content":7,"tool_calls":{"a":1}}}]}\n\n',
      'data: {"choices":[{"delta":{"tool_calls":[null,7,{},{"index":0,"function":null}]}}]}\n\n',
      'data: {"type":"ping"}\n\n',
      'event: ping\ndata: {}\n\n',
      'data: {"type":"content_block_start","index":40,"content_block":{"type":"tomorrow"}}\n\n',
      'data: {"type":"content_block_delta","index":40,"delta":{"type":"tomorrow_delta"}}\n\n',
      'data: {"type":"content_block_delta","index":41,"delta":{"type":"input_json_delta","partial_json":"{"}}\n\n',
      'data: {"type":"content_block_delta"}\n\n',
      'data: {"type":"content_block_stop","index":40}\n\n',
      'data: {"error":null,"object":"chat.completion.chunk"}\n\n',
      'id: 7\nretry: soon\nunknown: field\nno colon\n\n',
    ];
    const events = [
      wire.start,
      wire.text('Hel'),
      wire.text('lo'),
      wire.finish('stop', { input: 1, output: 2 }),
    ];
    provider.behave(body(odd.join('') + events.join(odd.join('')) + odd.join(''), false));
    const reply = gathered(await chunksFrom(connectionTo(wire.provider, provider.url)));
    expect(reply).toMatchObject({ text: 'Hello', calls: [], reason: 'stop', usage: { output: 2 } });
  });

  test('passes on characters that a database cannot hold, and a byte order mark', async () => {
    const words = '\ufeffa\0b\ud83d c';
    provider.behave(body(wire.start + wire.text(words) + wire.finish('stop'), false));
    expect(gathered(await chunksFrom(connectionTo(wire.provider, provider.url))).text).toBe(words);
  });

  test.each([
    ['stop', 'stop'],
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['MAX_TOKENS', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool_calls'],
    ['tool_calls', 'tool_calls'],
    ['function_call', 'tool_calls'],
    ['content_filter', 'content_filter'],
    ['content-filter', 'content_filter'],
    ['refusal', 'content_filter'],
    ['pause_turn', 'other'],
    ['of tomorrow', 'other'],
  ])('with the finish reason "%s" ends with %s', async (reason, meaning) => {
    provider.behave(body((wire.start + wire.text('Hi') + wire.finish('???')).replace('???', reason), false));
    expect(gathered(await chunksFrom(connectionTo(wire.provider, provider.url)))).toMatchObject({
      text: 'Hi',
      reason: meaning,
    });
  });

  test('says which stop sequence ended it, if the provider does', async () => {
    const stopSequenceOf = async (end: string) => {
      provider.behave(body(wire.start + wire.text('Hi') + end, false));
      const finish = (await chunksFrom(connectionTo(wire.provider, provider.url))).at(-1);
      return finish?.type === 'finish' ? finish.stopSequence : undefined;
    };
    const end = wire.finish('stop');
    expect(await stopSequenceOf(end)).toBeNull();
    if (wire.provider === 'anthropic') {
      const said = end.replace('"end_turn"', '"stop_sequence"');
      expect(await stopSequenceOf(said.replace('"stop_sequence":null', '"stop_sequence":"\\nEND"'))).toBe(
        '\nEND',
      );
      expect(await stopSequenceOf(end.replace('"stop_sequence":null', '"stop_sequence":"END"'))).toBeNull();
      return;
    }
    for (const field of ['stop_reason', 'matched_stop']) {
      const saying = (value: string) => end.replace('"finish_reason":"stop"', `"${field}":${value},$&`);
      expect(await stopSequenceOf(saying('"\\nEND"'))).toBe('\nEND');
      expect(await stopSequenceOf(saying('128009'))).toBeNull();
    }
  });

  test('with the finish reason "error" fails', async () => {
    provider.behave(body((wire.start + wire.text('Hi') + wire.finish('???')).replace('???', 'error'), false));
    await expect(chunksFrom(connectionTo(wire.provider, provider.url))).rejects.toMatchObject({
      code: 'provider_failed',
    });
  });
});

test('a whole reply instead of a stream is read', async () => {
  const call = { id: 'call_1', name: 'look', arguments: '{"x":1.0}' };
  provider.behave(
    body(
      JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: 'Hi',
              tool_calls: [
                { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"x":1.0}' } },
                { type: 'function', function: { name: 'look', arguments: '' } },
              ],
            },
            finish_reason: 'tool_calls',
          },
        ],
        usage: { prompt_tokens: 3, completion_tokens: 4 },
      }),
      false,
      'application/json',
    ),
  );
  const options = { newCallId: () => 'made' };
  const usage = { input: 3, output: 4 };
  expect(gathered(await chunksFrom(connectionTo('openai-compatible', provider.url), {}, options))).toEqual({
    text: 'Hi',
    reasoning: '',
    calls: [call, { id: 'made', name: 'look', arguments: '{}' }],
    reason: 'tool_calls',
    usage,
  });
  provider.behave(
    body(
      JSON.stringify({
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'tool_use', id: 'call_1', name: 'look', input: { x: 1 } },
        ],
        stop_reason: 'tool_use',
        usage: { input_tokens: 3, output_tokens: 4 },
      }),
      false,
      'application/json',
    ),
  );
  expect(gathered(await chunksFrom(connectionTo('anthropic', provider.url)))).toEqual({
    text: 'Hi',
    reasoning: '',
    calls: [{ ...call, arguments: '{"x":1}' }],
    reason: 'tool_calls',
    usage,
  });
});
