import OpenAI from 'openai';
import { afterAll, describe, expect, test } from 'vitest';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends } from '../ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../ai/wire-formats.js';
import { ask, newAccount } from './requests.js';
import { startTestServer } from './test-server.js';

const provider = await misbehavingProvider();
const server = await startTestServer('memory', {
  models: [offerOf(wire, provider.url, { name: 'own-model' })],
});
afterAll(async () => {
  await server.close();
  await provider.stop();
});

const signature = 'EiYKJGUyNDgzMGE3LTVjZDYtNDJmZS05OThiLWVlNTM5ZTcyYjFjMw+/==';

/** Calls as Gemini 3 sends them: whole in one chunk, and only the first of a step is signed. */
const calls = {
  choices: [
    {
      index: 0,
      finish_reason: null,
      delta: {
        role: 'assistant',
        tool_calls: [
          {
            ...{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } },
            extra_content: { google: { thought_signature: signature } },
          },
          { index: 1, id: 'call_2', type: 'function', function: { name: 'weather', arguments: '{}' } },
        ],
      },
    },
  ],
};

describe("a signature of Gemini's thoughts in Chat Completions", () => {
  test.each([false, true])(
    'reaches the client openai with its call, and the provider again, byte for byte (streamed: %s)',
    async (stream) => {
      provider.behave((response) => {
        const isSecond = JSON.stringify(provider.requests.at(-1)?.body).includes('It rains.');
        const end = wire.finish(isSecond ? 'stop' : 'tool_calls');
        return sends(isSecond ? wire.text('Rain.') : `data: ${JSON.stringify(calls)}\n\n`, end)(response);
      });
      const { auth } = await newAccount(server);
      const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: auth, maxRetries: 0 });
      const question = { role: 'user' as const, content: 'Rain?' };
      const tools = [
        { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } },
      ];
      const asked = { model: 'own-model', messages: [question], tools };
      const message = stream
        ? await client.chat.completions.stream(asked).finalMessage()
        : (await client.chat.completions.create(asked)).choices[0]?.message;
      if (message === undefined) throw new Error('There is no message.');
      const results = ['call_1', 'call_2'].map((id) => ({
        ...{ role: 'tool' as const, tool_call_id: id, content: 'It rains.' },
      }));
      const next = { ...asked, messages: [question, message, ...results] };
      await client.chat.completions.create(next);
      const messages = provider.requests.at(-1)?.body['messages'] as { tool_calls?: object[] }[];
      const sent = messages.find(({ tool_calls: sentCalls }) => sentCalls !== undefined)?.tool_calls;
      expect(sent?.[0]).toMatchObject({ extra_content: { google: { thought_signature: signature } } });
      expect(sent?.[1]).not.toHaveProperty('extra_content');
      const stored = await ask(server, 'GET', '/api/chat/', { auth });
      expect(stored.text).toContain(signature);
    },
  );
});
