import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { aiSdkModel } from '../../../src/adapters/ai/sdk-model.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { AiModel, ReplyChunk, ReplyRequest } from '../../../src/ports/ai-model.js';
import { secretKey } from './asked.js';
import { gathered, requestFor } from './gathered.js';
import {
  respondsWithStatus,
  misbehavingProvider,
  sends,
  sendsThenCuts,
  sendsThenStalls,
} from './misbehaving-provider.js';
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
