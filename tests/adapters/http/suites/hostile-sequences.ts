import { describe, expect, test } from 'vitest';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { chunksIn, complete, errorIn } from '../completions.js';
import { createMessage, messageErrorIn, messageEventsIn, streamedContent } from '../messages.js';
import { balance, newAccount, type TestResponse } from '../requests.js';
import { respond, responseEventsIn } from '../responses.js';
import { testApi, type TestApi } from '../test-api.js';
import { finish, modelYielding, text, type TestModel } from '../test-models.js';

const depth = 10_000;
const deep = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const schema = (levels: number) => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as object;

interface Form {
  api: string;
  send: (api: TestApi, auth: string, parts: { json: object }) => Promise<TestResponse>;
  error: (response: TestResponse) => Record<string, unknown>;
  /** The name of the limit for the output. */
  limit: string;
  /** A tool with these parameters. */
  tool: (parameters: object) => object;
  /** The arguments of the only call of a reply, as the client gets them. */
  calledWith: (response: TestResponse) => unknown;
  /** The same of a stream. */
  streamedWith: (text: string) => unknown;
}

const forms: Form[] = [
  {
    api: 'completions',
    send: complete,
    error: errorIn,
    limit: 'max_completion_tokens',
    tool: (parameters) => ({ type: 'function', function: { name: 'look', parameters } }),
    calledWith: ({ body }) =>
      (body as { choices: { message: { tool_calls: { function: { arguments: string } }[] } }[] }).choices[0]
        ?.message.tool_calls[0]?.function.arguments,
    streamedWith: (body) =>
      chunksIn(body)
        .chunks.flatMap(({ choices }) => (choices[0]?.delta?.['tool_calls'] ?? []) as Called[])
        .map(({ function: { arguments: part } }) => part)
        .join(''),
  },
  {
    api: 'responses',
    send: respond,
    error: errorIn,
    limit: 'max_output_tokens',
    tool: (parameters) => ({ type: 'function', name: 'look', parameters }),
    calledWith: ({ body }) => (body['output'] as { arguments: string }[])[0]?.arguments,
    streamedWith: (body) =>
      responseEventsIn(body).find(({ type }) => type === 'response.function_call_arguments.done')?.[
        'arguments'
      ],
  },
  {
    api: 'messages of Anthropic',
    send: createMessage,
    error: messageErrorIn,
    limit: 'max_tokens',
    tool: (parameters) => ({ name: 'look', input_schema: parameters }),
    calledWith: (response) => /"input":(.*)\}\]\}$/.exec(response.text)?.[1],
    streamedWith: (body) => streamedContent(messageEventsIn(body))[0]?.['input'],
  },
];

interface Called {
  function: { arguments: string };
}

/** Requests and replies that no client of good will sends. */
export function hostileSequencesSuite(engine: OpenedEngine): void {
  const opened = async (model: TestModel) => {
    const api = testApi(engine(), { models: [model] });
    return { api, auth: (await newAccount(api)).auth };
  };
  const replying = () => modelYielding(text('Hi'), finish);

  describe.each(forms.map((form) => [form.api, form] as const))('%s', (_, form) => {
    test('has arguments of any depth byte for byte, whole and streamed', async () => {
      const call: ReplyChunk = {
        type: 'tool_call',
        call: { id: 'call_1', name: 'look', arguments: deep.slice(0, 7) },
      };
      const { api, auth } = await opened(
        modelYielding(
          call,
          { type: 'tool_arguments', index: 0, text: deep.slice(7) },
          { type: 'finish', reason: 'tool_calls', usage: null },
        ),
      );
      const tools = [form.tool({ type: 'object' })];
      expect(form.calledWith(await form.send(api, auth, { json: { tools } }))).toBe(deep);
      const streamed = await form.send(api, auth, { json: { tools, stream: true } });
      expect(form.streamedWith(streamed.text)).toBe(deep);
    });

    test('rejects a body that is nested too deeply, in its own shape', async () => {
      const model = replying();
      const { api, auth } = await opened(model);
      const response = await form.send(api, auth, { json: { tools: [form.tool(schema(100))] } });
      expect([response.status, form.error(response)['code']]).toEqual([400, 'malformed_body']);
      expect((await form.send(api, auth, { json: { tools: [form.tool(schema(50))] } })).status).toBe(200);
      expect(model.requests.map(({ tools }) => tools[0]?.parameters)).toEqual([schema(50)]);
    });

    test('takes a limit for the output from 1 on, and holds no more than the model can write', async () => {
      const model = { ...replying(), price: { per1kInput: 0, per1kOutput: 1000 }, maxOutputTokens: 20 };
      const { api, auth } = await opened(model);
      for (const wrong of [0, -1, 1.5, 1e300, 2 ** 53, '5', [5], true]) {
        const response = await form.send(api, auth, { json: { [form.limit]: wrong } });
        expect(response.status, String(wrong)).toBe(400);
        expect(form.error(response)).toMatchObject({ code: 'invalid_input' });
        expect(String(form.error(response)['message'])).toMatch(new RegExp(`^${form.limit}: Must be`));
      }
      for (const limit of [1, 2 ** 53 - 1]) {
        expect((await form.send(api, auth, { json: { [form.limit]: limit } })).status).toBe(200);
      }
      expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([1, 20]);
      const poor = testApi(engine(), { models: [model], policy: { startingCredits: 19 } });
      const rejected = await form.send(poor, (await newAccount(poor)).auth, {
        json: { [form.limit]: 2 ** 53 - 1 },
      });
      expect(form.error(rejected)).toMatchObject({ code: 'insufficient_tokens', required_tokens: 20 });
    });

    test('takes a schema of the output as input: in the context, the hold and the charge', async () => {
      const named = { type: 'json_schema', name: 'a', schema: { description: 'x'.repeat(3000) } };
      const { type, ...described } = named;
      const json =
        form.api === 'completions'
          ? { response_format: { type, json_schema: described } }
          : form.api === 'responses'
            ? { text: { format: named } }
            : { output_config: { format: { type, schema: named.schema } } };
      const byInput = { ...replying(), price: { per1kInput: 1000, per1kOutput: 0 }, contextTokens: 100_000 };
      const { api, auth } = await opened(byInput);
      expect((await form.send(api, auth, { json })).status).toBe(200);
      const { tokens } = await balance(api, auth);
      expect(4000 - Number(tokens)).toBeGreaterThan(1000);
      expect(4000 - Number(tokens)).toBeLessThan(1020);
      const small = await opened({ ...byInput, contextTokens: 900 });
      const tooLong = await form.send(small.api, small.auth, { json });
      expect([tooLong.status, form.error(tooLong)['code']]).toEqual([400, 'context_length_exceeded']);
      const poor = testApi(engine(), { models: [byInput], policy: { startingCredits: 1000 } });
      const rejected = await form.send(poor, (await newAccount(poor)).auth, { json });
      expect([rejected.status, form.error(rejected)['code']]).toEqual([402, 'insufficient_tokens']);
    });
  });

  describe('calls and results of completions and responses', () => {
    const call = (id: string, json = '{}') => ({
      id,
      type: 'function',
      function: { name: 'look', arguments: json },
    });
    const item = (call_id: string, json = '{}') => ({
      type: 'function_call',
      call_id,
      name: 'look',
      arguments: json,
    });

    test('reach the model with arguments of any depth, byte for byte', async () => {
      const model = replying();
      const { api, auth } = await opened(model);
      const messages = [
        { role: 'assistant', tool_calls: [call('a', deep)] },
        { role: 'tool', tool_call_id: 'a', content: [] },
      ];
      const input = [item('a', deep), { type: 'function_call_output', call_id: 'a', output: [] }];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      expect((await respond(api, auth, { json: { input } })).status).toBe(200);
      const parts = [
        [{ type: 'tool_call', id: 'a', name: 'look', arguments: deep }],
        [{ type: 'tool_result', toolCallId: 'a', content: [], isError: false }],
      ];
      expect(model.requests.map((request) => request.messages.map((message) => message.parts))).toEqual([
        parts,
        parts,
      ]);
    });

    test('without the call before the result are rejected by the path of the result', async () => {
      const { api, auth } = await opened(replying());
      const result = { role: 'tool', tool_call_id: 'a', content: 'Snow.' };
      const output = { type: 'function_call_output', call_id: 'a', output: 'Snow.' };
      for (const messages of [[result], [result, { role: 'assistant', tool_calls: [call('a')] }]]) {
        const response = await complete(api, auth, { json: { messages } });
        expect(errorIn(response)).toMatchObject({ code: 'invalid_input', param: 'messages[0].tool_call_id' });
      }
      for (const input of [[output], [output, item('a')]]) {
        const response = await respond(api, auth, { json: { input } });
        expect(errorIn(response)).toMatchObject({ code: 'invalid_input', param: 'input[0].call_id' });
      }
    });

    test.each(['forged', 'mc1.', 'mc1.!', `mc1.${btoa('[[[')}`, `mc1.${btoa('{"text":1}')}`, 'MC1.e30'])(
      'with reasoning that this server has not given are rejected: %s',
      async (encrypted_content) => {
        const { api, auth } = await opened(replying());
        const input = [
          { type: 'reasoning', summary: [], encrypted_content },
          { role: 'user', content: 'Hi' },
        ];
        expect(errorIn(await respond(api, auth, { json: { input } }))).toMatchObject({
          code: 'invalid_input',
          param: 'input[0].encrypted_content',
        });
      },
    );

    test('with stop sequences of any characters reach the model unchanged, and half a character does not', async () => {
      const model = replying();
      const { api, auth } = await opened(model);
      const stop = ['👩‍👩‍👧', '\n\n', '\u200d', 'é'];
      expect((await complete(api, auth, { json: { stop } })).status).toBe(200);
      expect((await createMessage(api, auth, { json: { stop_sequences: stop } })).status).toBe(200);
      expect(model.requests.map(({ sampling }) => sampling.stop)).toEqual([stop, stop]);
      expect((await complete(api, auth, { json: { stop: ['\ud83d'] } })).status).toBe(400);
      expect((await createMessage(api, auth, { json: { stop_sequences: ['\ud83d'] } })).status).toBe(400);
    });
  });
}
