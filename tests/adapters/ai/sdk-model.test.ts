import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { aiSdkModel } from '../../../src/adapters/ai/sdk-model.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { AiModel, ModelMessage, ReplyChunk, ReplyRequest } from '../../../src/ports/ai-model.js';
import { secretKey } from './asked.js';
import { gathered, requestFor } from './gathered.js';
import {
  respondsWithStatus,
  misbehavingProvider,
  sends,
  sendsThenCuts,
  sendsThenStalls,
} from './misbehaving-provider.js';
import { recordings } from './recordings.js';
import { wireFormats } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

/** Models of the AI SDK as an embedder creates them, each with its wire format. */
const kinds = wireFormats
  .filter((wire) => wire.provider !== 'openai')
  .map((wire) => ({
    name: wire.provider,
    wire,
    connect: (): AiModel =>
      aiSdkModel(
        wire.provider === 'anthropic'
          ? createAnthropic({ baseURL: provider.url, apiKey: secretKey }).messages('claude-3-haiku-20240307')
          : createOpenAICompatible({
              name: 'x',
              baseURL: provider.url,
              apiKey: secretKey,
              includeUsage: true,
            }).chatModel('m'),
      ),
  }));

async function read(model: AiModel, asked: Partial<ReplyRequest> = {}): Promise<ReplyChunk[]> {
  const chunks: ReplyChunk[] = [];
  for await (const chunk of model.reply(requestFor(asked))) chunks.push(chunk);
  return chunks;
}

describe.each(kinds)('a model of the AI SDK for $name', ({ wire, connect }) => {
  test('yields text, reasoning, tool calls as they come, the finish reason and the usage', async () => {
    const call = { id: 'call_1', name: 'look', arguments: '{"at":"é"}' };
    provider.behave(
      sends(
        wire.start,
        wire.thought('Hm.'),
        wire.text('Hello'),
        wire.toolCall(call),
        wire.finish('tool_calls', { input: 3, output: 4 }),
      ),
    );
    const chunks = await read(connect(), {
      tools: [{ name: 'look', description: null, parameters: { type: 'object', properties: {} } }],
    });
    expect(gathered(chunks)).toEqual({
      text: 'Hello',
      reasoning: 'Hm.',
      calls: [call],
      reason: 'tool_calls',
      usage: expect.objectContaining({ input: 3, cachedInput: 0, output: 4 }) as object,
    });
    expect(chunks.filter(({ type }) => type === 'tool_arguments').length).toBeGreaterThan(1);
  });

  test('sends no message without content, and no arguments that are not JSON', async () => {
    provider.behave(sends(wire.start, wire.text('Hi'), wire.finish('stop', { input: 1, output: 1 })));
    await read(connect(), {
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'Look.' }] },
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'look', arguments: '' }] },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_result',
              toolCallId: 'call_1',
              content: [{ type: 'text', text: 'There.' }],
              isError: false,
            },
          ],
        },
        { role: 'assistant', parts: [] },
        { role: 'user', parts: [{ type: 'text', text: 'So?' }] },
      ],
    });
    const body = JSON.stringify(provider.requests[0]?.body);
    expect(body).not.toContain('"content":[]');
    expect(body).toMatch(/"(input":\{\}|arguments":"\{\}")/);
  });

  test.each([
    ['an error event first', () => sends(wire.error)],
    ['an error event first, and an open connection', () => sendsThenStalls(wire.error)],
    ['data that is not JSON first', () => sends('data: Hello\n\n')],
    ['data that is not JSON first, and an open connection', () => sendsThenStalls('data: Hello\n\n')],
    ['data that is not JSON in the middle', () => sends(wire.start, wire.text('Hi'), 'data: {"\n\n')],
    ['a cut connection', () => sendsThenCuts(wire.start, wire.text('Hi'))],
    ['an end without a finish', () => sends(wire.start, wire.text('Hi'))],
    ['the status 500', () => respondsWithStatus(500)],
  ])(
    'with %s fails one reply, discloses nothing, and has no effect after the caller disconnects',
    async (_, behaviour) => {
      provider.behave(behaviour());
      const leaver = new AbortController();
      // A reply without `finish` has failed.
      const ended: unknown = await read(connect(), { signal: leaver.signal }).then(
        (chunks) =>
          gathered(chunks).reason === null ? new DomainError('provider_failed', 'No end') : chunks,
        (cause: unknown) => cause,
      );
      expect(ended).toMatchObject({ code: 'provider_failed' });
      expect(inspect(ended, { depth: 9 })).not.toMatch(/private|a-very-secret/);
      leaver.abort(new DOMException('gone', 'AbortError'));
      // An unhandled error comes in a later turn, and fails the suite.
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
  );

  test('throws the reason for which the provider rejects a request', async () => {
    const rejects = (status: number, headers = {}) =>
      respondsWithStatus(status, headers, {
        error: { type: 'invalid_request_error', message: 'prompt is too long' },
      });
    provider.behave(rejects(400));
    await expect(read(connect())).rejects.toMatchObject({ code: 'context_length_exceeded' });
    provider.behave(rejects(429, { 'Retry-After': '7' }));
    await expect(read(connect())).rejects.toMatchObject({
      code: 'provider_busy',
      details: { retryAfterSeconds: 7 },
    });
  });
});

test('a parameter that the AI SDK would drop in silence is rejected', async () => {
  const [, anthropic] = kinds;
  if (anthropic === undefined) throw new TypeError('There are two kinds.');
  const { wire, connect } = anthropic;
  provider.behave(sends(wire.start, wire.text('Hi'), wire.finish('stop', { input: 1, output: 1 })));
  await expect(read(connect(), { sampling: { temperature: 1.5 } })).rejects.toMatchObject({
    code: 'unsupported_parameter',
    details: { fieldErrors: { temperature: [expect.any(String)] } },
  });
});

describe('parts and options through the AI SDK', () => {
  const png = { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'QUJD' } } as const;
  const linked = { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } } as const;
  const notes = {
    type: 'file',
    source: { type: 'base64', mediaType: 'text/plain', data: Buffer.from('words').toString('base64') },
    name: 'notes.txt',
  } as const;
  const pdf = {
    type: 'file',
    source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
    name: 'a.pdf',
  } as const;
  const messages: ModelMessage[] = [
    {
      role: 'user',
      parts: [png, linked, notes, pdf, { type: 'text', text: 'Look.', cacheControl: { ttl: '1h' } }],
    },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Hm.', signature: 'EqQB', isRedacted: false },
        { type: 'reasoning', text: '', signature: 'EmwK', isRedacted: true },
        { type: 'tool_call', id: 'a', name: 'look', arguments: '{"x":1}' },
      ],
    },
    {
      role: 'tool',
      parts: [
        {
          type: 'tool_result',
          toolCallId: 'a',
          content: [{ type: 'text', text: 'There' }, png],
          isError: false,
        },
      ],
    },
  ];

  async function sentBy(kind: (typeof kinds)[number] | undefined, asked: Partial<ReplyRequest>) {
    if (kind === undefined) throw new TypeError('There are two kinds.');
    const { wire, connect } = kind;
    provider.behave(sends(wire.start, wire.text('Hi'), wire.finish('stop', { input: 1, output: 1 })));
    const before = provider.requests.length;
    await read(connect(), asked);
    return provider.requests[before]?.body as Record<string, unknown> & { messages: unknown[] };
  }

  test('are those of Anthropic, signatures and redacted reasoning included', async () => {
    const body = await sentBy(kinds[1], {
      messages,
      maxOutputTokens: 8000,
      reasoning: { mode: 'budget', maxTokens: 2000 },
    });
    expect(body.messages).toMatchObject([
      {
        content: [
          { type: 'image', source: { type: 'base64', data: 'QUJD' } },
          { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } },
          { type: 'text', text: 'notes.txt:\nwords' },
          { type: 'document', source: { data: 'JVBERi0=' } },
          { type: 'text', text: 'Look.', cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
      },
      {
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'EqQB' },
          { type: 'redacted_thinking', data: 'EmwK' },
          { type: 'tool_use', id: 'a', input: { x: 1 } },
        ],
      },
      { content: [{ type: 'tool_result', content: [{ type: 'text' }, { type: 'image' }] }] },
    ]);
    expect(body['thinking']).toEqual({ type: 'enabled', budget_tokens: 2000 });
    // The limit includes the reasoning, as without the AI SDK.
    expect(body['max_tokens']).toBeLessThanOrEqual(8000);
  });

  test('are those of compatible providers, images of results in a message of the user', async () => {
    const schema = { type: 'object', properties: {}, additionalProperties: false };
    const strict = { type: 'json_schema', name: 'weather', description: null, schema, strict: true } as const;
    // The SDK's model says so unless it is created with `supportsStructuredOutputs`.
    await expect(sentBy(kinds[0], { messages, format: strict })).rejects.toMatchObject({
      details: { fieldErrors: { json: [expect.any(String)] } },
    });
    const body = await sentBy(kinds[0], { messages, format: { type: 'json' } });
    expect(body.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'tool', tool_call_id: 'a', content: expect.stringContaining('There') as string },
      { role: 'user', content: [{ type: 'text' }, { type: 'image_url' }] },
    ]);
    expect(body).toHaveProperty('response_format', { type: 'json_object' });
  });

  test('that it cannot send are unsupported', () => {
    expect(kinds[0]?.connect().unsupported).toEqual(['names', 'verbosity', 'reasoning', 'parallelToolCalls']);
    expect(kinds[1]?.connect().unsupported).toEqual(['names', 'verbosity', 'jsonObject']);
  });

  test('of a reply include signatures and redacted reasoning', async () => {
    const recording = recordings.find(
      ({ name }) => name === 'Anthropic, thoughts and blocks of tools of its own',
    );
    const anthropic = kinds[1];
    if (recording === undefined || anthropic === undefined) throw new TypeError('They exist.');
    const body = recording.body.slice(
      0,
      recording.body.indexOf('event: content_block_start\ndata: {"type":"content_block_start","index":2'),
    );
    provider.behave(sends(body, anthropic.wire.finish('stop', { input: 1, output: 1 })));
    const chunks = await read(anthropic.connect());
    expect(chunks.filter(({ type }) => type.startsWith('reasoning'))).toEqual([
      { type: 'reasoning', text: 'Hm.' },
      { type: 'reasoning_end', signature: 'EqQB', isRedacted: false },
      { type: 'reasoning_end', signature: 'EmwK', isRedacted: true },
    ]);
  });
});
