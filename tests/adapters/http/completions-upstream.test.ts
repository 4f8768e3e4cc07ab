import { afterAll, expect, test } from 'vitest';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends } from '../ai/misbehaving-provider.js';
import { wireFormats } from '../ai/wire-formats.js';
import { complete, type Completion } from './completions.js';
import { openEngine } from './engines.js';
import { newAccount } from './requests.js';
import { testApi } from './test-api.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const parameters = { type: 'object', properties: { at: { type: 'string' } } };
const look = { name: 'look', description: 'Looks.', parameters };
const earlierCall = {
  id: 'call_0',
  type: 'function',
  function: { name: 'look', arguments: '{"at":"home"}' },
};
const call = { id: 'call_1', name: 'look', arguments: '{"at":"☃"}' };

test.each(wireFormats)(
  '$provider receives the parameters of a completion, and its tool calls are returned',
  async (wire) => {
    provider.behave(
      sends(wire.start, wire.toolCall(call), wire.finish('tool_calls', { input: 5, output: 6 })),
    );
    const api = testApi(await openEngine('memory'), { models: [offerOf(wire, provider.url)] });
    const { auth } = await newAccount(api);
    const isAnthropic = wire.provider === 'anthropic';
    const tools = [{ type: 'function', function: { ...look, strict: !isAnthropic } }];
    const response = await complete(api, auth, {
      json: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Look!' },
          { role: 'assistant', content: null, tool_calls: [earlierCall] },
          { role: 'tool', tool_call_id: 'call_0', content: 'A table.' },
        ],
        ...{ temperature: 0.5, max_tokens: 77, stop: ['END'], tools },
        tool_choice: { type: 'function', function: { name: 'look' } },
        ...(isAnthropic ? {} : { seed: 7, presence_penalty: 1, frequency_penalty: -1 }),
      },
    });
    expect(response.status, response.text).toBe(200);
    const { choices, usage } = response.body as unknown as Completion;
    expect(choices[0]).toMatchObject({
      message: { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look' } }] },
      finish_reason: 'tool_calls',
    });
    expect(usage).toMatchObject({ completion_tokens: 6 });
    const received = provider.requests[0]?.body;
    expect(received).toMatchObject({ temperature: 0.5, max_tokens: 77 });
    if (isAnthropic) {
      expect(received).toMatchObject({
        stop_sequences: ['END'],
        tools: [{ name: 'look', description: 'Looks.', input_schema: parameters }],
        tool_choice: { type: 'tool', name: 'look' },
      });
      expect(JSON.stringify(received)).toContain('"tool_use_id":"call_0"');
    } else {
      expect(received).toMatchObject({
        ...{ stop: ['END'], seed: 7, presence_penalty: 1, frequency_penalty: -1 },
        tools,
        tool_choice: { type: 'function', function: { name: 'look' } },
      });
      expect(received?.['messages']).toMatchObject([
        { role: 'system', content: 'Be brief.' },
        { role: 'user' },
        { role: 'assistant', tool_calls: [earlierCall] },
        { role: 'tool', tool_call_id: 'call_0', content: 'A table.' },
      ]);
    }
  },
);
