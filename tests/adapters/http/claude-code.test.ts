import { afterAll, expect, onTestFinished, test } from 'vitest';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends } from '../ai/misbehaving-provider.js';
import { wireFormats, type WireFormat } from '../ai/wire-formats.js';
import {
  claudeCodeHeaders,
  questionRequest,
  resultRequest,
  startRequests,
  type ClientRequest,
} from './claude-code.js';
import { messageEventsIn, streamedContent } from './messages.js';
import { balance, newAccount } from './requests.js';
import { startTestServer } from './test-server.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

const usage = { input: 900, output: 40 };
/** As no serializer of JavaScript would write it. */
const readNotes = { id: 'toolu_1', name: 'Read', arguments: '{"limit": 1.0, "file_path":"notes.txt"}' };

async function connect(wire: WireFormat, header: (key: string) => Record<string, string>) {
  const name = 'claude-sonnet-4-6';
  const server = await startTestServer('memory', {
    models: [offerOf(wire, provider.url, { name, retries: 0 })],
  });
  onTestFinished(() => server.close());
  const { auth } = await newAccount(server);
  const send = async ({ method, path, body }: ClientRequest) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...claudeCodeHeaders, ...header(auth) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  return { send, balance: () => balance(server, auth) };
}

const credentials = [
  ['ANTHROPIC_API_KEY', (key: string) => ({ 'x-api-key': key })],
  ['ANTHROPIC_AUTH_TOKEN', (key: string) => ({ authorization: `Bearer ${key}` })],
] as const;

test.each(wireFormats.flatMap((wire) => credentials.map(([name, header]) => ({ wire, name, header }))))(
  'the requests of Claude Code work with an upstream of $wire.provider and the key in $name',
  async ({ wire, header }) => {
    const replies = {
      said: sends(wire.start, wire.text('Milk.'), wire.finish('stop', usage)),
      calling: sends(
        wire.start,
        wire.thought('I must look.'),
        wire.text('I look.'),
        wire.toolCall(readNotes),
        wire.finish('tool_calls', usage),
      ),
    };
    const { send, balance } = await connect(wire, header);
    provider.behave(replies.said);
    const started = [];
    for (const request of startRequests) started.push(await send(request));
    // A server without these paths is reached all the same.
    expect(started.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200, 200]);
    expect(JSON.parse(started[2]?.text ?? '')).toMatchObject({
      data: [{ type: 'model', id: 'claude-sonnet-4-6', display_name: 'claude-sonnet-4-6' }],
      has_more: false,
    });
    expect(JSON.parse(started[4]?.text ?? '')).toEqual({ input_tokens: expect.any(Number) as number });
    expect(messageEventsIn(started[5]?.text ?? '').at(-1)).toEqual({ type: 'message_stop' });

    provider.behave(replies.calling);
    const question = await send(questionRequest);
    expect(question.status, question.text).toBe(200);
    const events = messageEventsIn(question.text);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: 'tool_use' },
      usage: { input_tokens: 900, output_tokens: 40 },
    });
    const reply = streamedContent(events).map((block) =>
      block['type'] === 'tool_use'
        ? { ...block, input: JSON.parse(block['input'] as string) as object }
        : block,
    );
    expect(reply.map(({ type }) => type).sort()).toEqual(['text', 'thinking', 'tool_use']);

    provider.behave(replies.said);
    const call = { type: 'tool_use', id: 'toolu_2', name: 'Bash', input: { command: 'cat notes.md' } };
    const last = await send(resultRequest([...reply, call]));
    expect(last.status, last.text).toBe(200);
    expect(streamedContent(messageEventsIn(last.text))).toEqual([{ type: 'text', text: 'Milk.' }]);
    const received = JSON.stringify(provider.requests[0]?.body);
    for (const part of [
      'Be concise.',
      '1→Buy milk.',
      'No such file',
      'Be brief.',
      'toolu_1',
      'toolu_2',
      'mcp__a-server',
    ])
      expect(received).toContain(part);
    if (wire.provider === 'anthropic') {
      expect(received).toContain('"cache_control":{"type":"ephemeral"}');
      expect(received).toContain('"is_error":true');
      expect(provider.requests[0]?.body).toMatchObject({
        thinking: { type: 'adaptive' },
        output_config: { effort: 'medium' },
      });
    }
    expect(await balance()).toEqual({ tokens: 3600, held: 0 });
  },
);
