import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { anthropicReply } from '../../../src/adapters/ai/anthropic-reply.js';
import { anthropicBody } from '../../../src/adapters/ai/anthropic-request.js';
import { connectModel } from '../../../src/adapters/ai/providers.js';
import { gatherReply } from '../../../src/domain/chat/model-call/gathered-reply.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { ModelMessage, ReplyChunk, ReplyPart } from '../../../src/ports/ai-model.js';
import { connectionTo, requestFor } from './gathered.js';
import { misbehavingProvider, type Behaviour } from './misbehaving-provider.js';
import { openAiCompatible } from './wire-formats.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

type Block = Record<string, unknown> & { type: string };

const reader = () =>
  anthropicReply(
    () => 'made',
    () => new DomainError('provider_failed', 'x'),
  );

/** Returns the parts of a reply that is streamed as these blocks, each delta of at most `size` characters. */
function streamed(blocks: readonly Block[], size: number): readonly ReplyPart[] {
  const reply = reader();
  const chunks: ReplyChunk[] = [];
  const send = (event: object) => chunks.push(...reply.take({ event: null, data: JSON.stringify(event) }));
  const deltas = (index: number, type: string, field: string, value: unknown) => {
    for (const part of String(value).match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []) {
      send({ type: 'content_block_delta', index, delta: { type, [field]: part } });
    }
  };
  blocks.forEach((block, index) => {
    const { thinking, signature, text, input } = block;
    const start = { ...block, thinking: '', signature: '', text: '', input: {} };
    send({ type: 'content_block_start', index, content_block: start });
    if (block.type === 'text') deltas(index, 'text_delta', 'text', text);
    if (block.type === 'tool_use') deltas(index, 'input_json_delta', 'partial_json', input);
    if (block.type === 'thinking') {
      deltas(index, 'thinking_delta', 'thinking', thinking);
      deltas(index, 'signature_delta', 'signature', signature);
    }
    send({ type: 'content_block_stop', index });
  });
  send({ type: 'message_delta', delta: { stop_reason: 'end_turn' } });
  return partsOfReply([...chunks, ...reply.finish()]);
}

function partsOfReply(chunks: readonly ReplyChunk[]): readonly ReplyPart[] {
  const reply = gatherReply(100_000_000);
  for (const chunk of chunks) {
    if (chunk.type === 'finish') reply.finish(chunk.usage);
    else reply.add(chunk);
  }
  return reply.parts;
}

const plain = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text);
const thinkingBlock = fc.record({
  type: fc.constant('thinking'),
  thinking: fc.string({ unit: 'grapheme' }),
  signature: fc.base64String({ minLength: 4 }),
});
const redactedBlock = fc.record({
  type: fc.constant('redacted_thinking'),
  data: fc.base64String({ minLength: 4 }),
});
const textBlock = fc.record({ type: fc.constant('text'), text: plain });
const toolBlock = fc.record({
  type: fc.constant('tool_use'),
  id: fc.uuid().map((id) => `toolu_${id}`),
  name: fc.constantFrom('look', 'find'),
  input: fc.dictionary(plain, fc.integer()).map((object) => JSON.stringify(object)),
});
/** Blocks as Anthropic sends them: no two texts follow each other. */
const blocks = fc
  .array(fc.oneof(thinkingBlock, redactedBlock, textBlock, toolBlock), { minLength: 1, maxLength: 8 })
  .filter((list) => list.every(({ type }, index) => type !== 'text' || list[index - 1]?.type !== 'text'));

describe('blocks of Anthropic', () => {
  test('go back as they came, byte for byte and in their order, however they are split', () => {
    fc.assert(
      fc.property(blocks, fc.integer({ min: 1, max: 9 }), (list: Block[], size) => {
        const parts = streamed(list, size);
        const messages: ModelMessage[] = [
          { role: 'user', parts: [{ type: 'text', text: 'Go' }] },
          { role: 'assistant', parts },
          { role: 'user', parts: [{ type: 'text', text: 'On' }] },
        ];
        const body = anthropicBody('claude-x', requestFor({ messages }));
        const { messages: sent } = JSON.parse(body) as { messages: { content: unknown }[] };
        expect(sent[1]?.content).toEqual(
          list.map((block) =>
            block.type === 'tool_use'
              ? { ...block, input: JSON.parse(String(block['input'])) as unknown }
              : block,
          ),
        );
        for (const { type, input } of list)
          if (type === 'tool_use') expect(body).toContain(`"input":${String(input)}}`);
      }),
    );
  });

  test('of a whole reply have the same parts', () => {
    const reply = reader();
    const content = [
      { type: 'thinking', thinking: 'Hm.', signature: 'EqQB' },
      { type: 'redacted_thinking', data: 'EmwK' },
      { type: 'text', text: 'Hi' },
    ];
    const chunks = reply.takeWhole({ type: 'message', content, stop_reason: 'end_turn', usage: {} });
    expect(partsOfReply([...chunks, ...reply.finish()])).toEqual([
      { type: 'reasoning', text: 'Hm.', signature: 'EqQB', isRedacted: false },
      { type: 'reasoning', text: '', signature: 'EmwK', isRedacted: true },
      { type: 'text', text: 'Hi' },
    ]);
  });

  test('that a gateway does not end have their signature all the same', () => {
    const reply = reader();
    const take = (event: object) => reply.take({ event: null, data: JSON.stringify(event) });
    const chunks = [
      ...take({
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'thinking', thinking: 'Hm.' },
      }),
      ...take({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'Eq' } }),
      ...reply.finish(),
    ];
    expect(partsOfReply(chunks)).toMatchObject([{ text: 'Hm.', signature: 'Eq' }]);
  });

  test('may have reasoning and a signature of 1 MB, but not a signature without end', () => {
    const megabyte = 'QUJD'.repeat(262_144);
    const startedAt = performance.now();
    expect(streamed([{ type: 'thinking', thinking: megabyte, signature: megabyte }], 1000)).toEqual([
      { type: 'reasoning', text: megabyte, signature: megabyte, isRedacted: false },
    ]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    const endless = {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'signature_delta', signature: megabyte },
    };
    const reply = reader();
    const sendOften = () => {
      for (let times = 0; times < 5; times += 1) reply.take({ event: null, data: JSON.stringify(endless) });
    };
    expect(sendOften).toThrow(expect.objectContaining({ code: 'provider_failed' }));
  });
});

test('fields that a compatible provider rejects are left out from then on', async () => {
  const before = provider.requests.length;
  const sent = () => provider.requests.slice(before).map(({ body }) => JSON.stringify(body));
  const strict: Behaviour = (response) => {
    const rejected = ['reasoning_content', 'stream_options'].find((name) => sent().at(-1)?.includes(name));
    if (rejected === undefined) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end(openAiCompatible.start + openAiCompatible.text('Hi') + openAiCompatible.finish('stop'));
      return;
    }
    response.writeHead(422, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `Unknown field: ${rejected}` } }));
  };
  provider.behave(strict);
  const model = connectModel(connectionTo('openai-compatible', provider.url));
  const messages: ModelMessage[] = [
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Hm.', signature: null, isRedacted: false },
        { type: 'tool_call', id: 'a', name: 'look', arguments: '{}' },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_result', toolCallId: 'a', content: [], isError: false }] },
  ];
  for (let times = 0; times < 2; times += 1) {
    const chunks: ReplyChunk[] = [];
    for await (const chunk of model.reply(requestFor({ messages }))) chunks.push(chunk);
    expect(chunks.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
  }
  const fields = sent().map((body) => [body.includes('reasoning_content'), body.includes('stream_options')]);
  expect(fields).toEqual([
    [true, true],
    [false, true],
    [false, false],
    [false, false],
  ]);
});
