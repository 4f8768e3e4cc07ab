import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anthropicReply } from '../../../src/adapters/ai/anthropic-reply.js';
import { openAiReply } from '../../../src/adapters/ai/openai-reply.js';
import type { ReplyReader } from '../../../src/adapters/ai/reply-reader.js';
import { chargeFor, rateNames, type Price } from '../../../src/domain/metering/price.js';
import { gatherReply } from '../../../src/domain/chat/model-call/gathered-reply.js';
import type { Usage } from '../../../src/domain/metering/usage.js';
import { DomainError } from '../../../src/domain/errors.js';
import { testOffer } from '../../domain/chat/test-offer.js';

type UsageRecord = Record<string, unknown>;

interface Vector {
  name: string;
  source: string;
  provider: string;
  usage: UsageRecord | UsageRecord[];
  normalised: Record<string, number>;
  prices: Record<string, Record<string, number>>;
  charges: Record<string, number>;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../metering-vectors.json', import.meta.url), 'utf8'),
) as Vector[];

describe('the metering vectors', () => {
  test('are at least 60, with one name each, a source, and three price lists', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(60);
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
    for (const vector of vectors) {
      expect(new URL(vector.source).protocol).toBe('https:');
      expect(Object.keys(vector.prices)).toHaveLength(3);
      expect(Object.keys(vector.charges)).toEqual(Object.keys(vector.prices));
    }
  });

  test('are of every provider that is known to report usage in its own way', () => {
    const providers = new Set(vectors.map(({ provider }) => provider));
    for (const name of [
      ...['openai', 'openai-responses', 'anthropic', 'azure', 'deepseek'],
      ...['gemini', 'vllm', 'openrouter', 'ollama', 'llama.cpp'],
    ]) {
      expect(providers, name).toContain(name);
    }
  });
});

describe.each(vectors)('$name', ({ provider, usage, normalised, prices, charges }) => {
  const records = Array.isArray(usage) ? usage : [usage];

  test('is read by the wire adapter class by class', () => {
    expect(presented(chargeOf(provider, records, { perMessage: 0 }).usage)).toEqual(normalised);
  });

  test.each(Object.keys(prices))('costs what it should by the price list %s', (list) => {
    const { credits } = chargeOf(provider, records, priceOf(prices[list] ?? {}));
    expect(credits).toBe(charges[list]);
  });
});

/** The charge of a reply whose provider reports these records. */
function chargeOf(provider: string, records: readonly UsageRecord[], price: Price) {
  const offer = testOffer({ reply: () => ({ [Symbol.asyncIterator]: neverAsked }) }, { price });
  const gathered = gatherReply(1000);
  for (const chunk of chunksOf(provider, records)) {
    if (chunk.type === 'finish') gathered.finish(chunk.usage);
    else gathered.add(chunk);
  }
  const request = { messages: [], tools: [], maxOutputTokens: null };
  return chargeFor(offer, { reply: gathered, isComplete: true, request });
}

function chunksOf(provider: string, records: readonly UsageRecord[]) {
  const reader =
    provider === 'anthropic' ? anthropicReply(newId, fails) : openAiReply(new Set(), newId, fails);
  const events = provider === 'anthropic' ? anthropicEvents(records) : openAiEvents(records);
  return [...events.flatMap((event) => take(reader, event)), ...reader.finish()];
}

function take(reader: ReplyReader, event: unknown) {
  return reader.take({ event: null, data: JSON.stringify(event) });
}

function anthropicEvents([first, ...others]: readonly UsageRecord[]): unknown[] {
  const end = { delta: { stop_reason: 'end_turn' } };
  return [
    { type: 'message_start', message: { usage: first } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'x' } },
    ...others.map((record) => ({ type: 'message_delta', ...end, usage: record })),
    { type: 'message_delta', ...end },
    { type: 'message_stop' },
  ];
}

/** The records of llama.cpp are chunks with a usage, timings or both. */
function openAiEvents(records: readonly UsageRecord[]): unknown[] {
  const chunks = records.map((record) => ('timings' in record ? record : { usage: record }));
  return [
    { choices: [{ delta: { content: 'x' } }] },
    ...chunks.map((chunk) => ({ choices: [{ delta: {} }], ...chunk })),
    { choices: [{ delta: {}, finish_reason: 'stop' }] },
  ];
}

function newId(): string {
  throw new Error('No tool is called.');
}

function fails(): DomainError {
  throw new Error('Nothing fails.');
}

function neverAsked(): never {
  throw new Error('The model is not asked.');
}

function presented(usage: Usage | null) {
  return {
    input_tokens: usage?.input,
    cached_input_tokens: usage?.cachedInput,
    cache_write_tokens: usage?.cacheWrite,
    output_tokens: usage?.output,
    reasoning_tokens: usage?.reasoning,
  };
}

/** Reads a price of the API: `per_1m_cached_input` is `per1mCachedInput`. */
function priceOf(rates: Record<string, number>): Price {
  const given = Object.entries(rates).map(([name, rate]) => {
    const found = rateNames.find(
      (one) => one === name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    if (found === undefined) throw new Error(`There is no rate ${name}.`);
    return [found, rate];
  });
  return Object.fromEntries(given) as Price;
}
