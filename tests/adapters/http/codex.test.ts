import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends, sendsThenStalls } from '../ai/misbehaving-provider.js';
import { wireFormats } from '../ai/wire-formats.js';
import { openEngine } from './engines.js';
import { balance, exchanges, newAccount, until } from './requests.js';
import { openResponse, respond, responseEventsIn } from './responses.js';
import { testApi } from './test-api.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const said = (role: string, text: string) => ({
  ...{ type: 'message', role },
  content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
});

const functionTool = (name: string, properties: object, required: string[]) => ({
  ...{ type: 'function', name, description: `Use ${name}.`, strict: false },
  parameters: { type: 'object', properties, required, additionalProperties: false },
});

/** The tools that Codex offers to a model that it does not know. */
const tools = [
  functionTool(
    'exec_command',
    { cmd: { type: 'string' }, workdir: { type: 'string' }, yield_time_ms: { type: 'number' } },
    ['cmd'],
  ),
  functionTool('write_stdin', { session_id: { type: 'number' }, chars: { type: 'string' } }, ['session_id']),
  functionTool(
    'update_plan',
    {
      plan: {
        type: 'array',
        items: {
          type: 'object',
          properties: { step: { type: 'string' }, status: { type: 'string' } },
          required: ['step', 'status'],
        },
      },
    },
    ['plan'],
  ),
  functionTool('view_image', { path: { type: 'string' } }, ['path']),
];

const conversation = [
  said('developer', '<permissions instructions>Commands run in a sandbox.</permissions instructions>'),
  said('user', '<environment_context><cwd>/project</cwd></environment_context>'),
  said('user', 'List the files.'),
];

/** A request as Codex sends it by the Responses API of a provider of its configuration. */
const requestOf = (input: object[], changes: object = {}) => ({
  model: 'own-model',
  instructions: 'You are a coding agent.',
  ...{ input, tools, tool_choice: 'auto', parallel_tool_calls: false },
  reasoning: { effort: 'medium', summary: 'auto' },
  ...{ store: false, stream: true, include: ['reasoning.encrypted_content'] },
  prompt_cache_key: randomUUID(),
  client_metadata: { 'x-codex-installation-id': randomUUID() },
  ...changes,
});

describe.each(wireFormats)('the requests of Codex, with an upstream of $provider', (wire) => {
  const opened = async () => {
    const api = testApi(await openEngine('memory'), {
      models: [offerOf(wire, provider.url, { name: 'own-model' })],
      policy: { startingCredits: 100_000 },
    });
    return { api, auth: (await newAccount(api)).auth };
  };

  /** Sends a request, and keeps of the response what Codex keeps: the items that are done, without their ids. */
  const turn = async ({ api, auth }: Awaited<ReturnType<typeof opened>>, json: object) => {
    const response = await respond(api, auth, { json });
    expect(response.status, response.text).toBe(200);
    const events = responseEventsIn(response.text);
    expect(events[0]?.type).toBe('response.created');
    expect(events.at(-1)).toMatchObject({
      type: 'response.completed',
      response: { usage: { input_tokens: 50, output_tokens: 60, total_tokens: 110 } },
    });
    return events
      .filter(({ type }) => type === 'response.output_item.done')
      .map(({ item }) => {
        const { id, status, ...kept } = item as Record<string, unknown>;
        expect(id).toBeTypeOf('string');
        expect([undefined, 'completed']).toContain(status);
        return kept;
      });
  };

  test('run a command, view an image, and end with a message', async () => {
    const session = await opened();
    const usage = { input: 50, output: 60 };
    const run = { id: 'call_1', name: 'exec_command', arguments: '{"cmd":"ls -la  \\u0000"}' };
    provider.behave(
      sends(
        wire.start,
        wire.thought('I must look.'),
        wire.text('I look.'),
        wire.toolCall(run),
        wire.finish('tool_calls', usage),
      ),
    );
    const first = await turn(session, requestOf(conversation));
    expect(first.map(({ type }) => type).sort()).toEqual(['function_call', 'message', 'reasoning']);
    const called = first.find(({ type }) => type === 'function_call');
    expect(called).toEqual({
      ...{ type: 'function_call', call_id: 'call_1', name: 'exec_command', arguments: run.arguments },
    });
    const reasoning = first.find(({ type }) => type === 'reasoning');
    expect(reasoning?.['encrypted_content']).toBeTypeOf('string');

    provider.behave(
      sends(
        wire.start,
        wire.toolCall({ id: 'call_2', name: 'view_image', arguments: '{"path":"a.png"}' }),
        wire.finish('tool_calls', usage),
      ),
    );
    const output = { type: 'function_call_output', call_id: 'call_1', output: 'a.png\nExit code: 0' };
    const afterFirst = [...conversation, ...first, output];
    const second = await turn(session, requestOf(afterFirst));
    const sent = JSON.stringify(provider.requests.at(-1)?.body);
    expect(sent).toContain('Exit code: 0');
    if (wire.provider !== 'anthropic') expect(sent).toContain(JSON.stringify(run.arguments));

    provider.behave(sends(wire.start, wire.text('One image.'), wire.finish('stop', usage)));
    const image = [{ type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' }];
    const viewed = { type: 'function_call_output', call_id: 'call_2', output: image };
    const afterSecond = [...afterFirst, ...second, viewed];
    const third = await turn(session, requestOf(afterSecond));
    expect(third).toEqual([
      {
        ...{ type: 'message', role: 'assistant' },
        content: [{ type: 'output_text', text: 'One image.', annotations: [], logprobs: [] }],
      },
    ]);

    provider.behave(sends(wire.start, wire.text('A summary.'), wire.finish('stop', usage)));
    const compacted = [...afterSecond, ...third, said('user', 'Summarize the conversation.')];
    await turn(session, requestOf(compacted, { tools: [], reasoning: null, include: [] }));
  });

  test('with a schema of the output reach the provider with it', async () => {
    const session = await opened();
    provider.behave(
      sends(wire.start, wire.text('{"files":1}'), wire.finish('stop', { input: 50, output: 60 })),
    );
    const schema = {
      ...{ type: 'object', properties: { files: { type: 'number' } } },
      ...{ required: ['files'], additionalProperties: false },
    };
    const format = { type: 'json_schema', strict: true, schema, name: 'codex_output_schema' };
    const items = await turn(session, requestOf(conversation, { text: { format } }));
    expect(items).toMatchObject([{ type: 'message', content: [{ text: '{"files":1}' }] }]);
    expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain('"files":{"type":"number"}');
  });

  test('get a failed response if the reply fails midway, and are not charged', async () => {
    const { api, auth } = await opened();
    provider.behave(sends(wire.start, wire.text('I look.'), wire.error));
    const { status, text } = await respond(api, auth, { json: requestOf(conversation) });
    expect(status).toBe(200);
    expect(responseEventsIn(text).at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'provider_failed' } },
    });
    expect(await balance(api, auth)).toEqual({ tokens: 100_000, held: 0 });
  });

  test('leave the provider when they are interrupted, and are charged for what came', async () => {
    const { api, auth } = await opened();
    provider.behave(sendsThenStalls(wire.start, wire.text('I look.')));
    const user = new AbortController();
    const response = await openResponse(api, auth, { json: requestOf(conversation), signal: user.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('I look.')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    user.abort();
    await until(() => provider.requests[0]?.isOpen() === false);
    await until(async () => (await exchanges(api, auth))[0]?.['status'] === 'cancelled');
    expect(await exchanges(api, auth)).toMatchObject([{ response: 'I look.', tokens_charged: 100 }]);
  });

  test.each([
    ['web_search', { type: 'web_search', external_web_access: false }],
    ['local_shell', { type: 'local_shell' }],
    ['apply_patch', { type: 'custom', name: 'apply_patch', description: 'Patch.', format: {} }],
  ])('with the tool %s, which Codex offers to models of OpenAI, are rejected by name', async (_, offered) => {
    const { api, auth } = await opened();
    const json = requestOf(conversation, { tools: [...tools, offered] });
    const response = await respond(api, auth, { json });
    expect(response.status).toBe(400);
    expect(response.body['error']).toMatchObject({ param: 'tools[4].type' });
  });
});
