import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import {
  APICallError,
  generateText,
  Output,
  RetryError,
  stepCountIs,
  streamText,
  tool as sdkTool,
  ToolLoopAgent,
} from 'ai';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { offerOf } from '../ai/asked.js';
import {
  misbehavingProvider,
  respondsWithStatus,
  sends,
  sendsThenCuts,
  sendsThenStalls,
  type Behaviour,
} from '../ai/misbehaving-provider.js';
import { wireFormats, type WireFormat } from '../ai/wire-formats.js';
import { balance, exchanges, newAccount, until } from './requests.js';
import type { TestApiOptions } from './test-api.js';
import { startTestServer } from './test-server.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const place = z.object({ at: z.string() });
const call = { id: 'toolu_1', name: 'look', arguments: '{"at":"☃"}' };

/** Sends one reply after the other. */
function inTurn(...behaviours: Behaviour[]): Behaviour {
  let next = 0;
  return (response) => {
    next += 1;
    return behaviours[Math.min(next, behaviours.length) - 1]?.(response);
  };
}

/** Starts a server with a model of this provider, and connects both clients with its base URL and a key. */
async function connected(wire: WireFormat, behaviour: Behaviour, options: TestApiOptions = {}) {
  provider.behave(behaviour);
  const terms = { name: 'claude', retries: 0 };
  const server = await startTestServer('memory', {
    models: [offerOf(wire, provider.url, terms)],
    ...options,
  });
  onTestFinished(() => server.close());
  const { auth } = await newAccount(server);
  const statuses: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    statuses.push(response.status);
    return response;
  };
  return {
    statuses,
    anthropic: new Anthropic({ baseURL: server.url, apiKey: auth, fetch }),
    model: createAnthropic({ baseURL: `${server.url}/v1`, apiKey: auth, fetch })('claude'),
    wrongKey: new Anthropic({ baseURL: server.url, apiKey: 'mck_wrong', fetch }),
    balance: () => balance(server, auth),
    exchanges: () => exchanges(server, auth),
  };
}

const hi = { model: 'claude', max_tokens: 2000, messages: [{ role: 'user' as const, content: 'Hi' }] };

/** Returns the input that a provider received for the call, as JSON text. */
function receivedInput(body: Record<string, unknown> | undefined): string | undefined {
  const text = JSON.stringify(body);
  const inArguments = /"arguments":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (inArguments !== undefined) return JSON.parse(inArguments) as string;
  return /"input":(\{[^}]*\})/.exec(text)?.[1];
}

describe.each(wireFormats)('with an upstream of $provider', (wire) => {
  const said = (words: string, reason = 'stop') =>
    sends(wire.start, wire.text(words), wire.finish(reason, { input: 11, output: 7 }));
  const calling = sends(wire.start, wire.toolCall(call), wire.finish('tool_calls', { input: 5, output: 6 }));

  describe('@anthropic-ai/sdk', () => {
    test('creates a message', async () => {
      const { anthropic, balance } = await connected(wire, said('Once ☃', 'length'));
      const { data, response, request_id: id } = await anthropic.messages.create(hi).withResponse();
      expect(data).toMatchObject({
        ...{ type: 'message', role: 'assistant', model: 'claude', stop_reason: 'max_tokens' },
        content: [{ type: 'text', text: 'Once ☃' }],
        usage: { input_tokens: 11, output_tokens: 7, cache_read_input_tokens: 0 },
      });
      expect(id).toBe(response.headers.get('X-Request-Id'));
      expect(response.headers.get('X-Remaining-Tokens')).toBe('3900');
      expect(await balance()).toEqual({ tokens: 3900, held: 0 });
    });

    test('streams text, thinking and a call, and the whole message has them', async () => {
      const parts = [wire.thought('Let me see.'), wire.text('I look.'), wire.toolCall(call)];
      const reply = sends(wire.start, ...parts, wire.finish('tool_calls', { input: 11, output: 7 }));
      const { anthropic } = await connected(wire, reply);
      const tools = [{ name: 'look', input_schema: { type: 'object' as const } }];
      const thinking = { type: 'adaptive' as const };
      const stream = anthropic.messages.stream({ ...hi, tools, thinking });
      const seen = { text: '', thinking: '', json: '' };
      stream.on('text', (delta) => (seen.text += delta));
      stream.on('thinking', (delta) => (seen.thinking += delta));
      stream.on('inputJson', (delta) => (seen.json += delta));
      const message = await stream.finalMessage();
      expect(seen).toEqual({ text: 'I look.', thinking: 'Let me see.', json: call.arguments });
      expect(message).toMatchObject({
        stop_reason: 'tool_use',
        usage: { input_tokens: 11, output_tokens: 7 },
      });
      expect(new Set(message.content.map(({ type }) => type))).toEqual(
        new Set(['thinking', 'text', 'tool_use']),
      );
      expect(message.content.at(-1)).toMatchObject({ id: 'toolu_1', name: 'look', input: { at: '☃' } });
    });

    test('runs a tool, and its result and the arguments reach the provider', async () => {
      const { anthropic, exchanges, statuses } = await connected(
        wire,
        inTurn(calling, said('There is snow.')),
      );
      const look = betaZodTool({
        name: 'look',
        description: 'Looks.',
        inputSchema: place,
        run: ({ at }) => `Snow at ${at}.`,
      });
      const last = await anthropic.beta.messages.toolRunner({ ...hi, tools: [look] });
      expect(last.content).toMatchObject([{ type: 'text', text: 'There is snow.' }]);
      // The client learns that the server keeps no threads, and sends every message.
      expect(statuses).toEqual([400, 200, 200]);
      expect(provider.requests).toHaveLength(2);
      expect(receivedInput(provider.requests[1]?.body)).toBe(call.arguments);
      expect(JSON.stringify(provider.requests[1]?.body)).toContain('Snow at ☃.');
      expect(await exchanges()).toMatchObject([{ response: 'There is snow.' }, { response: '' }]);
    });

    test('parses structured output', async () => {
      const { anthropic } = await connected(wire, said('{"at":"home"}'));
      const format = zodOutputFormat(place);
      const message = await anthropic.messages.parse({ ...hi, output_config: { format } });
      expect(message.parsed_output).toEqual({ at: 'home' });
      expect(JSON.stringify(provider.requests[0]?.body)).toContain('"at"');
    });

    test('sends an image', async () => {
      const { anthropic } = await connected(wire, said('A cat.'));
      const url = 'https://images.example/cat.jpg';
      const source = { type: 'url' as const, url };
      const content = [
        { type: 'image' as const, source },
        { type: 'text' as const, text: 'What?' },
      ];
      const message = await anthropic.messages.create({ ...hi, messages: [{ role: 'user', content }] });
      expect(message.content).toMatchObject([{ type: 'text', text: 'A cat.' }]);
      expect(JSON.stringify(provider.requests[0]?.body)).toContain(url);
    });

    test('counts tokens, and lists the models', async () => {
      const { anthropic, balance } = await connected(wire, said('Hi'));
      const { model, messages } = hi;
      expect(await anthropic.messages.countTokens({ model, messages })).toEqual({ input_tokens: 1 });
      const listed: string[] = [];
      for await (const { id, display_name: name } of anthropic.models.list({ limit: 1 }))
        listed.push(id, name);
      expect(listed).toEqual(['claude', 'claude']);
      expect(await anthropic.models.retrieve('claude')).toMatchObject({ type: 'model', id: 'claude' });
      expect(await balance()).toEqual({ tokens: 4000, held: 0 });
      expect(provider.requests).toEqual([]);
    });

    test('gets typed errors, and retries only what can succeed', async () => {
      const failing = inTurn(respondsWithStatus(500), said('Up again.'));
      const { anthropic, wrongKey, statuses, balance } = await connected(wire, failing, {
        policy: { startingCredits: 150 },
      });
      expect((await anthropic.messages.create(hi)).content).toMatchObject([{ text: 'Up again.' }]);
      const errors = [
        await wrongKey.messages.create(hi).catch((error: unknown) => error),
        await anthropic.messages.create({ ...hi, model: 'none' }).catch((error: unknown) => error),
        await anthropic.messages.create({ ...hi, max_tokens: 0 }).catch((error: unknown) => error),
        await anthropic.messages.create(hi).catch((error: unknown) => error),
      ];
      expect(errors).toMatchObject([
        { status: 401, type: 'authentication_error' },
        { status: 404, type: 'not_found_error', errorCode: 'model_not_found' },
        { status: 400, type: 'invalid_request_error' },
        { status: 402, type: 'billing_error', errorCode: 'insufficient_tokens' },
      ]);
      for (const error of errors)
        expect((error as { requestID: string }).requestID).toMatch(/^[0-9a-f-]{36}$/);
      expect(errors[0]).toBeInstanceOf(Anthropic.AuthenticationError);
      expect(errors[3]).toMatchObject({ error: { error: { remaining_tokens: 50, required_tokens: 100 } } });
      expect(statuses).toEqual([502, 200, 401, 404, 400, 402]);
      expect(await balance()).toEqual({ tokens: 50, held: 0 });
    });

    test('throws if a stream fails midway, and is not charged', async () => {
      const { anthropic, balance } = await connected(wire, sendsThenCuts(wire.start, wire.text('Half')));
      const words: string[] = [];
      const read = async () => {
        for await (const event of await anthropic.messages.create({ ...hi, stream: true }))
          words.push(event.type);
      };
      await expect(read()).rejects.toMatchObject({ type: 'api_error', errorCode: 'provider_failed' });
      expect(words).toContain('content_block_delta');
      expect(await balance()).toEqual({ tokens: 4000, held: 0 });
    });

    test('that aborts a stream stops the provider, and is charged', async () => {
      const stalling = sendsThenStalls(wire.start, wire.text('Once '));
      const { anthropic, balance, exchanges } = await connected(wire, stalling);
      const stream = anthropic.messages.stream(hi);
      stream.on('text', () => {
        stream.abort();
      });
      await expect(stream.done()).rejects.toThrow();
      await until(async () => (await exchanges())[0]?.['status'] === 'cancelled');
      await until(() => provider.requests[0]?.isOpen() === false);
      expect(await exchanges()).toMatchObject([{ response: 'Once ', tokens_charged: 100 }]);
      expect(await balance()).toEqual({ tokens: 3900, held: 0 });
    });
  });

  describe('@ai-sdk/anthropic', () => {
    test('generates and streams text with its usage', async () => {
      const { model } = await connected(wire, said('Once ☃'));
      const { text, usage, finishReason } = await generateText({ model, prompt: 'Hi' });
      expect({ text, finishReason }).toEqual({ text: 'Once ☃', finishReason: 'stop' });
      expect(usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
      const streamed = streamText({ model, prompt: 'Hi' });
      expect(await streamed.text).toBe('Once ☃');
      expect(await streamed.usage).toMatchObject({ inputTokens: 11, outputTokens: 7 });
    });

    test('streams reasoning', async () => {
      const reply = sends(wire.start, wire.thought('Let me see.'), wire.text('Yes.'), wire.finish('stop'));
      const { model } = await connected(wire, reply);
      const streamed = streamText({
        ...{ model, prompt: 'Hi' },
        providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
      });
      expect(await streamed.text).toBe('Yes.');
      expect(await streamed.reasoningText).toBe('Let me see.');
    });

    test('runs an agent with a tool', async () => {
      const { model } = await connected(wire, inTurn(calling, said('There is snow.')));
      const look = sdkTool({
        ...{ description: 'Looks.', inputSchema: place },
        execute: ({ at }) => Promise.resolve(`Snow at ${at}.`),
      });
      const agent = new ToolLoopAgent({ model, tools: { look }, stopWhen: stepCountIs(3) });
      const { text, steps } = await agent.generate({ prompt: 'What is there?' });
      expect(text).toBe('There is snow.');
      expect(steps).toHaveLength(2);
      expect(receivedInput(provider.requests[1]?.body)).toBe(call.arguments);
      expect(JSON.stringify(provider.requests[1]?.body)).toContain('Snow at ☃.');
    });

    test('generates an object', async () => {
      const json = { ...call, name: 'json', arguments: '{"at":"home"}' };
      const { model } = await connected(
        wire,
        sends(wire.start, wire.toolCall(json), wire.finish('tool_calls')),
      );
      const format = Output.object({ schema: place });
      const { output: object } = await generateText({ model, output: format, prompt: 'Where?' });
      expect(object).toEqual({ at: 'home' });
      expect(JSON.stringify(provider.requests[0]?.body)).toContain('"at"');
    });

    test('sends an image', async () => {
      const { model } = await connected(wire, said('A cat.'));
      const image = Buffer.from('not really a cat').toString('base64');
      const content = [
        { type: 'text' as const, text: 'What?' },
        { type: 'image' as const, image, mediaType: 'image/png' },
      ];
      const { text } = await generateText({ model, messages: [{ role: 'user', content }] });
      expect(text).toBe('A cat.');
      expect(JSON.stringify(provider.requests[0]?.body)).toContain(image);
    });

    test('gets an error if a stream fails midway', async () => {
      const { model, balance } = await connected(wire, sendsThenCuts(wire.start, wire.text('Half')));
      const errors: unknown[] = [];
      const onError = ({ error }: { error: unknown }) => void errors.push(error);
      const streamed = streamText({ model, prompt: 'Hi', onError });
      const words: string[] = [];
      for await (const word of streamed.textStream) words.push(word);
      expect(words).toEqual(['Half']);
      expect(errors).toMatchObject([{ type: 'api_error' }]);
      expect(await balance()).toEqual({ tokens: 4000, held: 0 });
    });

    test('that aborts a stream stops the provider, and is charged', async () => {
      const { model, exchanges } = await connected(wire, sendsThenStalls(wire.start, wire.text('Once ')));
      const user = new AbortController();
      const streamed = streamText({ model, prompt: 'Hi', abortSignal: user.signal });
      for await (const part of streamed.fullStream) if (part.type === 'text-delta') user.abort();
      await until(async () => (await exchanges())[0]?.['status'] === 'cancelled');
      await until(() => provider.requests[0]?.isOpen() === false);
      expect(await exchanges()).toMatchObject([{ response: 'Once ', tokens_charged: 100 }]);
    });

    test('does not retry if the balance is too low', async () => {
      const { model, statuses } = await connected(wire, said('Hi'), { policy: { startingCredits: 50 } });
      const error: unknown = await generateText({ model, prompt: 'Hi' }).catch((thrown: unknown) => thrown);
      const last: unknown = RetryError.isInstance(error) ? error.lastError : error;
      expect(APICallError.isInstance(last) && last.statusCode).toBe(402);
      expect(statuses).toEqual([402]);
    });
  });
});
