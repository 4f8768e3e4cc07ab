import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { offerOf } from '../ai/asked.js';
import { misbehavingProvider, sends, sendsThenStalls } from '../ai/misbehaving-provider.js';
import { wireFormats, type WireFormat } from '../ai/wire-formats.js';
import {
  claudeCodeHeaders,
  questionRequest,
  imageRequest,
  resultRequest,
  startRequests,
  type ClientRequest,
} from './claude-code.js';
import { messageEventsIn, streamedContent } from './messages.js';
import { balance, newAccount, until } from './requests.js';
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
  const open = ({ method, path, body }: ClientRequest, signal?: AbortSignal) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { ...claudeCodeHeaders, ...header(auth) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  const send = async (request: ClientRequest) => {
    const response = await open(request);
    return { status: response.status, text: await response.text() };
  };
  return { open, send, balance: () => balance(server, auth) };
}

const credentials = [
  ['ANTHROPIC_API_KEY', (key: string) => ({ 'x-api-key': key })],
  ['ANTHROPIC_AUTH_TOKEN', (key: string) => ({ authorization: `Bearer ${key}` })],
] as const;

describe.each(wireFormats.flatMap((wire) => credentials.map(([name, header]) => ({ wire, name, header }))))(
  'the requests of Claude Code, with an upstream of $wire.provider and the key in $name',
  ({ wire, header }) => {
    const says = sends(wire.start, wire.text('Milk.'), wire.finish('stop', usage));
    const calls = sends(
      wire.start,
      wire.thought('I must look.'),
      wire.text('I look.'),
      wire.toolCall(readNotes),
      wire.finish('tool_calls', usage),
    );

    test('reach a server without its probes, find the models, count tokens and get a title', async () => {
      const { send, balance } = await connect(wire, header);
      provider.behave(says);
      const started = [];
      for (const request of startRequests) started.push(await send(request));
      expect(started.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200, 200]);
      expect(JSON.parse(started[2]?.text ?? '')).toMatchObject({
        data: [{ type: 'model', id: 'claude-sonnet-4-6', display_name: 'claude-sonnet-4-6' }],
        has_more: false,
      });
      expect(JSON.parse(started[3]?.text ?? '')).toMatchObject({
        content: [{ type: 'text', text: 'Milk.' }],
      });
      expect(JSON.parse(started[4]?.text ?? '')).toEqual({ input_tokens: expect.any(Number) as number });
      expect(messageEventsIn(started[5]?.text ?? '').at(-1)).toEqual({ type: 'message_stop' });
      // The probe of the key and the title; a count costs nothing.
      expect(await balance()).toEqual({ tokens: 3800, held: 0 });
    });

    test('stream thinking, a text and a call, and send the results of the calls', async () => {
      const { send, balance } = await connect(wire, header);
      provider.behave(calls);
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

      provider.behave(says);
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
      expect(await balance()).toEqual({ tokens: 3800, held: 0 });
    });

    test('send an image that a tool has read', async () => {
      const { send } = await connect(wire, header);
      provider.behave(says);
      const call = { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { file_path: 'a.png' } };
      const { status, text } = await send(imageRequest(call));
      expect(status, text).toBe(200);
      expect(streamedContent(messageEventsIn(text))).toEqual([{ type: 'text', text: 'Milk.' }]);
      expect(JSON.stringify(provider.requests[0]?.body)).toContain('iVBORw0KGgo=');
    });

    test('get an error event if a reply fails midway, and are not charged', async () => {
      const { send, balance } = await connect(wire, header);
      provider.behave(sends(wire.start, wire.text('I look.'), wire.error));
      const { status, text } = await send(questionRequest);
      expect(status).toBe(200);
      const events = messageEventsIn(text);
      expect(events.at(-1)).toMatchObject({ type: 'error', error: { type: 'api_error' } });
      expect(await balance()).toEqual({ tokens: 4000, held: 0 });
    });

    test('stop a reply by closing the connection: the provider is left, and what came is charged', async () => {
      const { open, balance } = await connect(wire, header);
      provider.behave(sendsThenStalls(wire.start, wire.text('I look.')));
      const user = new AbortController();
      const response = await open(questionRequest, user.signal);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('I look.')) text += (await reader?.read())?.value ?? '';
      user.abort();
      await until(() => provider.requests[0]?.isOpen() === false);
      await until(async () => JSON.stringify(await balance()) === '{"tokens":3900,"held":0}');
    });
  },
);
