import { createOpenAI } from '@ai-sdk/openai';
import { tool as langChainTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, Output, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends, sendsThenStalls } from '../ai/misbehaving-provider.js';
import { wireFormats } from '../ai/wire-formats.js';
import { ask, balance, exchanges, newAccount, until } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const place = z.object({ city: z.string() });
const json = '{"city":"Bern"}';
const call = { id: 'call_1', name: 'weather', arguments: json };

describe.each(wireFormats)('with an upstream of $provider', (wire) => {
  let server: TestServer;
  let auth: string;
  let key: string;
  beforeAll(async () => {
    server = await startTestServer('memory', {
      models: [
        offerOf(wire, provider.url, { name: 'own-model' }),
        // LangChain asks for reasoning only if the name of the model begins like that.
        offerOf(wire, provider.url, { name: 'gpt-5-own' }),
      ],
      policy: { startingCredits: 1_000_000 },
    });
    auth = (await newAccount(server)).auth;
    const created = await ask(server, 'POST', '/api/keys/', { auth, json: { name: 'a program' } });
    key = created.body['key'] as string;
  });
  afterEach(async () => {
    await server.server.idle();
    expect(await balance(server, auth)).toMatchObject({ held: 0 });
  });
  afterAll(() => server.close());

  const says = (...words: string[]) => {
    provider.behave(sends(wire.start, ...words.map((word) => wire.text(word)), wire.finish('stop', usage)));
  };
  const usage = { input: 50, output: 60 };

  /** The image of a cat, as the provider got it. */
  const image = 'https://images.example/cat.jpg';
  const receivedImage = () => JSON.stringify(provider.requests.at(-1)?.body).includes(image);

  /** Whether the provider got the schema of the place. */
  const receivedSchema = () => JSON.stringify(provider.requests.at(-1)?.body).includes('"city"');

  const thinks = () => {
    provider.behave(
      sends(wire.start, wire.thought('I think.'), wire.text('Yes.'), wire.finish('stop', usage)),
    );
  };

  const failsMidway = () => {
    provider.behave(sends(wire.start, wire.text('Hello '), wire.error));
  };

  /** Expects that the provider is left, and that what came is charged. */
  const expectStopped = async () => {
    await until(() => provider.requests[0]?.isOpen() === false);
    await until(async () => (await exchanges(server, auth))[0]?.['status'] === 'cancelled');
    expect((await exchanges(server, auth))[0]).toMatchObject({ response: 'Hello ', tokens_charged: 100 });
  };
  const stalls = () => {
    provider.behave(sendsThenStalls(wire.start, wire.text('Hello ')));
  };

  /** A model that calls the tool, and once it has the result, says what it is. */
  const callsTool = () => {
    const calls = sends(
      wire.start,
      wire.text('I look.'),
      wire.toolCall(call),
      wire.finish('tool_calls', usage),
    );
    const says = sends(wire.start, wire.text('Rain '), wire.text('in Bern.'), wire.finish('stop', usage));
    const knowsNone = sends(wire.start, wire.text('I have no tool.'), wire.finish('stop', usage));
    provider.behave((response) => {
      const body = provider.requests.at(-1)?.body ?? {};
      if (!JSON.stringify(body['tools'] ?? '').includes('"weather"')) return knowsNone(response);
      return (JSON.stringify(body).includes('It rains.') ? says : calls)(response);
    });
  };

  describe('the client openai', () => {
    const openAi = () => new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0 });

    test('creates a response', async () => {
      says('Hello ', '☃');
      const response = await openAi().responses.create({ model: 'own-model', input: 'Hi' });
      expect(response.output_text).toBe('Hello ☃');
      expect(response.usage).toMatchObject({ input_tokens: 50, output_tokens: 60 });
    });

    test('streams a response', async () => {
      says('Hello ', '☃');
      const stream = openAi().responses.stream({ model: 'own-model', input: 'Hi' });
      const deltas: string[] = [];
      stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta));
      expect((await stream.finalResponse()).output_text).toBe('Hello ☃');
      expect(deltas).toEqual(['Hello ', '☃']);
    });

    test('parses a response by a schema', async () => {
      says(json);
      const response = await openAi().responses.parse({
        model: 'own-model',
        input: 'Where?',
        text: { format: zodTextFormat(place, 'place') },
      });
      expect(response.output_parsed).toEqual({ city: 'Bern' });
      expect(receivedSchema()).toBe(true);
    });

    test('calls tools with responses', async () => {
      callsTool();
      const tools = [
        {
          ...{ type: 'function' as const, name: 'weather', strict: false },
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
        },
      ];
      const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'Rain?' }];
      const first = await openAi().responses.create({ model: 'own-model', input, tools });
      const called = first.output.find((item) => item.type === 'function_call');
      expect(called?.arguments).toBe(json);
      const output = { type: 'function_call_output' as const, call_id: 'call_1', output: 'It rains.' };
      const next = [...input, ...(first.output as OpenAI.Responses.ResponseInput), output];
      const second = await openAi().responses.create({ model: 'own-model', input: next, tools });
      expect(second.output_text).toBe('Rain in Bern.');
    });

    test('gets an error if a streamed response fails midway', async () => {
      provider.behave(sends(wire.start, wire.text('Hello '), wire.error));
      const stream = await openAi().responses.create({ model: 'own-model', input: 'Hi', stream: true });
      const types: string[] = [];
      const failed = await (async () => {
        for await (const { type } of stream) types.push(type);
      })().catch((error: unknown) => error);
      expect(types).toContain('response.output_text.delta');
      expect(failed).toMatchObject({ code: 'provider_failed' });
    });

    test('stops a response at any event', async () => {
      const all: string[] = [];
      says('Hello ', '☃');
      const request = { model: 'own-model', input: 'Hi', stream: true } as const;
      for await (const { type } of await openAi().responses.create(request)) all.push(type);
      for (const [position] of all.entries()) {
        const stream = await openAi().responses.create(request);
        let seen = 0;
        for await (const event of stream) {
          expect(event.sequence_number).toBe(seen);
          if (seen === position) break;
          seen += 1;
        }
      }
      expect(all.at(-1)).toBe('response.completed');
    });

    test('that aborts a streamed response stops the provider, and is charged', async () => {
      stalls();
      const stream = openAi().responses.stream({ model: 'own-model', input: 'Hi' });
      stream.on('response.output_text.delta', () => {
        stream.abort();
      });
      await expect(stream.done()).rejects.toThrow();
      await expectStopped();
    });

    test('creates a completion, and gets its usage', async () => {
      says('Hello ', '☃');
      const completion = await openAi().chat.completions.create({
        model: 'own-model',
        messages: [{ role: 'user', content: 'Hi' }],
      });
      expect(completion.choices[0]?.message.content).toBe('Hello ☃');
      expect(completion.usage).toMatchObject({ prompt_tokens: 50, completion_tokens: 60 });
    });

    test('parses a completion by a schema', async () => {
      says(json);
      const completion = await openAi().chat.completions.parse({
        model: 'own-model',
        messages: [{ role: 'user', content: 'Where?' }],
        response_format: zodResponseFormat(place, 'place'),
      });
      expect(completion.choices[0]?.message.parsed).toEqual({ city: 'Bern' });
      expect(receivedSchema()).toBe(true);
    });

    test('runs tools with completions', async () => {
      callsTool();
      const cities: string[] = [];
      const runner = openAi().chat.completions.runTools({
        model: 'own-model',
        messages: [{ role: 'user', content: 'Rain?' }],
        tools: [
          {
            type: 'function',
            function: {
              name: 'weather',
              description: 'The weather.',
              parameters: { type: 'object', properties: { city: { type: 'string' } } },
              parse: (text: string) => place.parse(JSON.parse(text)),
              function: ({ city }: z.infer<typeof place>) => {
                cities.push(city);
                return 'It rains.';
              },
            },
          },
        ],
      });
      expect(await runner.finalContent()).toBe('Rain in Bern.');
      expect(cities).toEqual(['Bern']);
    });

    test('streams a completion with an image', async () => {
      says('A cat.');
      const stream = openAi().chat.completions.stream({
        model: 'own-model',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What?' },
              { type: 'image_url', image_url: { url: image } },
            ],
          },
        ],
      });
      expect(await stream.finalContent()).toBe('A cat.');
      expect(receivedImage()).toBe(true);
    });

    test('creates a response from an image', async () => {
      says('A cat.');
      const content: OpenAI.Responses.ResponseInputContent[] = [
        { type: 'input_text', text: 'What?' },
        { type: 'input_image', image_url: image, detail: 'auto' },
      ];
      const input = [{ role: 'user' as const, content }];
      const response = await openAi().responses.create({ model: 'own-model', input });
      expect(response.output_text).toBe('A cat.');
      expect(receivedImage()).toBe(true);
    });

    test('gets the reasoning of a completion and of a response', async () => {
      thinks();
      const { choices } = await openAi().chat.completions.create({
        ...{ model: 'own-model', reasoning_effort: 'medium' },
        messages: [{ role: 'user', content: 'Hi' }],
      });
      expect(choices[0]?.message).toMatchObject({ content: 'Yes.', reasoning_content: 'I think.' });
      const { output } = await openAi().responses.create({
        ...{ model: 'own-model', input: 'Hi', reasoning: { effort: 'medium', summary: 'auto' } },
      });
      expect(output.find(({ type }) => type === 'reasoning')).toMatchObject({
        summary: [{ type: 'summary_text', text: 'I think.' }],
      });
    });

    test('gets an error if a streamed completion fails midway', async () => {
      failsMidway();
      const stream = await openAi().chat.completions.create({
        ...{ model: 'own-model', stream: true as const },
        messages: [{ role: 'user', content: 'Hi' }],
      });
      const words: unknown[] = [];
      const failed = await (async () => {
        for await (const { choices } of stream) words.push(choices[0]?.delta.content);
      })().catch((error: unknown) => error);
      expect(words).toContain('Hello ');
      expect(failed).toMatchObject({ code: 'provider_failed' });
    });

    test('that aborts a streamed completion stops the provider, and is charged', async () => {
      stalls();
      const stream = openAi().chat.completions.stream({
        model: 'own-model',
        messages: [{ role: 'user', content: 'Hi' }],
      });
      stream.on('content', () => {
        stream.abort();
      });
      await expect(stream.done()).rejects.toThrow();
      await expectStopped();
    });
  });

  describe("the AI SDK's OpenAI provider", () => {
    const models = () => {
      const openai = createOpenAI({ baseURL: `${server.url}/v1`, apiKey: key });
      return { responses: openai('own-model'), chat: openai.chat('own-model') };
    };
    const weather = tool({
      description: 'The weather.',
      inputSchema: place,
      execute: () => Promise.resolve('It rains.'),
    });

    test('streams reasoning by responses', async () => {
      thinks();
      const openai = { reasoningEffort: 'medium', reasoningSummary: 'auto', forceReasoning: true };
      const streamed = streamText({
        ...{ model: models().responses, prompt: 'Hi' },
        providerOptions: { openai },
      });
      expect(await streamed.text).toBe('Yes.');
      expect(await streamed.reasoningText).toBe('I think.');
    });

    describe.each(['responses', 'chat'] as const)('by %s', (api) => {
      test('streams a text', async () => {
        says('Hello ', '☃');
        const streamed = streamText({ model: models()[api], prompt: 'Hi' });
        const words: string[] = [];
        for await (const word of streamed.textStream) words.push(word);
        expect(words).toEqual(['Hello ', '☃']);
        expect(await streamed.usage).toMatchObject({ inputTokens: 50, outputTokens: 60 });
      });

      test('generates a text', async () => {
        says('Hello ', '☃');
        const { text, usage } = await generateText({ model: models()[api], prompt: 'Hi' });
        expect(text).toBe('Hello ☃');
        expect(usage).toMatchObject({ inputTokens: 50, outputTokens: 60 });
      });

      test('generates an object', async () => {
        says(json);
        const { output } = await generateText({
          ...{ model: models()[api], prompt: 'Where?' },
          output: Output.object({ schema: place }),
        });
        expect(output).toEqual({ city: 'Bern' });
        expect(receivedSchema()).toBe(true);
      });

      test('runs an agent with tools, and goes on with its messages', async () => {
        callsTool();
        const model = models()[api];
        const messages = [{ role: 'user' as const, content: 'Rain?' }];
        const options = { model, tools: { weather }, stopWhen: stepCountIs(3) };
        const { text, response, steps } = await generateText({ ...options, messages });
        expect(text).toBe('Rain in Bern.');
        expect(steps).toHaveLength(2);
        const next = [...messages, ...response.messages, { role: 'user' as const, content: 'Sure?' }];
        expect((await generateText({ ...options, messages: next })).text).toBe('Rain in Bern.');
        expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain('I look.');
      });

      test('streams an agent with tools', async () => {
        callsTool();
        const options = { tools: { weather }, stopWhen: stepCountIs(3) };
        const streamed = streamText({ model: models()[api], prompt: 'Rain?', ...options });
        const inputs: unknown[] = [];
        for await (const part of streamed.fullStream) if (part.type === 'tool-call') inputs.push(part.input);
        expect(inputs).toEqual([{ city: 'Bern' }]);
        expect(await streamed.text).toBe('Rain in Bern.');
      });

      test('sends an image', async () => {
        says('A cat.');
        const content = [
          { type: 'text' as const, text: 'What?' },
          { type: 'image' as const, image: new URL(image) },
        ];
        const { text } = await generateText({ model: models()[api], messages: [{ role: 'user', content }] });
        expect(text).toBe('A cat.');
        expect(receivedImage()).toBe(true);
      });

      test('gets an error if a stream fails midway', async () => {
        failsMidway();
        const errors: unknown[] = [];
        const onError = ({ error }: { error: unknown }) => void errors.push(error);
        const streamed = streamText({ model: models()[api], prompt: 'Hi', maxRetries: 0, onError });
        const words: string[] = [];
        for await (const word of streamed.textStream) words.push(word);
        expect(words).toEqual(['Hello ']);
        expect(JSON.stringify(errors)).toContain('provider_failed');
      });

      test('that aborts a stream stops the provider, and is charged', async () => {
        stalls();
        const user = new AbortController();
        const streamed = streamText({ model: models()[api], prompt: 'Hi', abortSignal: user.signal });
        for await (const part of streamed.fullStream) if (part.type === 'text-delta') user.abort();
        await expectStopped();
      });
    });
  });

  describe('LangChain', () => {
    const chat = (useResponsesApi: boolean) =>
      new ChatOpenAI({
        ...{ model: 'own-model', apiKey: key, useResponsesApi, maxRetries: 0 },
        configuration: { baseURL: `${server.url}/v1` },
      });

    test('gets reasoning by responses', async () => {
      thinks();
      const model = new ChatOpenAI({
        ...{ model: 'gpt-5-own', apiKey: key, useResponsesApi: true, maxRetries: 0 },
        reasoning: { effort: 'medium', summary: 'auto' },
        configuration: { baseURL: `${server.url}/v1` },
      });
      const reply = await model.invoke('Hi');
      expect(reply.text).toBe('Yes.');
      expect(reply.contentBlocks).toContainEqual(
        expect.objectContaining({ type: 'reasoning', reasoning: 'I think.' }),
      );
    });

    describe.each([
      ['responses', true],
      ['chat', false],
    ] as const)('by %s', (_, useResponsesApi) => {
      test('gets a text', async () => {
        says('Hello ', '☃');
        const reply = await chat(useResponsesApi).invoke('Hi');
        expect(reply.text).toBe('Hello ☃');
        expect(reply.usage_metadata).toMatchObject({ input_tokens: 50, output_tokens: 60 });
      });

      test('streams a text', async () => {
        says('Hello ', '☃');
        const words: string[] = [];
        for await (const { text } of await chat(useResponsesApi).stream('Hi'))
          if (text !== '') words.push(text);
        expect(words).toEqual(['Hello ', '☃']);
      });

      test('sends an image', async () => {
        says('A cat.');
        const content = [
          { type: 'text', text: 'What?' },
          { type: 'image_url', image_url: { url: image } },
        ];
        expect((await chat(useResponsesApi).invoke([{ role: 'user', content }])).text).toBe('A cat.');
        expect(receivedImage()).toBe(true);
      });

      test('gets an error if a stream fails midway', async () => {
        failsMidway();
        const words: string[] = [];
        const read = async () => {
          for await (const { text } of await chat(useResponsesApi).stream('Hi')) words.push(text);
        };
        await expect(read()).rejects.toMatchObject({ code: 'provider_failed' });
        expect(words).toContain('Hello ');
      });

      test('that aborts a stream stops the provider, and is charged', async () => {
        stalls();
        const user = new AbortController();
        const read = async () => {
          for await (const { text } of await chat(useResponsesApi).stream('Hi', { signal: user.signal }))
            if (text !== '') user.abort();
        };
        await expect(read()).rejects.toThrow();
        await expectStopped();
      });

      test('has structured output', async () => {
        says(json);
        const model = chat(useResponsesApi).withStructuredOutput(place, { method: 'jsonSchema' });
        expect(await model.invoke('Where?')).toEqual({ city: 'Bern' });
        expect(receivedSchema()).toBe(true);
      });

      test('calls tools', async () => {
        callsTool();
        const weather = langChainTool(() => 'It rains.', {
          ...{ name: 'weather', description: 'The weather.', schema: place },
        });
        const bound = chat(useResponsesApi).bindTools([weather]);
        const calling = await bound.invoke('Rain?');
        expect(calling.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Bern' } }]);
        const result = await weather.invoke({ ...calling.tool_calls?.[0], type: 'tool_call' } as never);
        const last = await bound.invoke([{ role: 'user', content: 'Rain?' }, calling, result]);
        expect(last.text).toBe('Rain in Bern.');
      });
    });
  });
});
