import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeFor, holdByOutput, type Price } from '../../../src/domain/metering/price.js';
import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import type { ReplyParts } from '../../../src/domain/chat/model-call/gathered-reply.js';
import { mergeReport, nothingReported } from '../../../src/domain/metering/usage.js';
import type { ModelMessage, ReportedUsage } from '../../../src/ports/ai-model.js';
import { testOffer } from '../chat/test-offer.js';

const most = Number.MAX_SAFE_INTEGER;
const noParts = { cachedInput: 0, cacheWrite: 0, reasoning: 0 };

describe('a hold', () => {
  test('is the price of a message, or the rates of the most input and output, rounded up once', () => {
    expect(hold([priced({ perMessage: 100 })], 9, 10)).toBe(100);
    // 9 characters are at most 5 tokens, and the provider adds at most 24.
    expect(hold([priced({ per1kInput: 1, per1kOutput: 0 })], 9, 10)).toBe(1);
    expect(hold([priced({ per1mInput: 500_000, per1mOutput: 150_000 })], 9, 10)).toBe(16);
    expect(hold([priced({ per1mInput: 500_000, per1mOutput: 150_001 })], 9, 10)).toBe(17);
    expect(hold([priced({ per1kInput: 500, per1kOutput: 151 })], 9, 10)).toBe(17);
  });

  test('is by the highest rate of a class, for the classes are not known before', () => {
    const rates = { per1mInput: 1_000_000, per1mOutput: 1_000_000 };
    expect(hold([priced({ ...rates, per1mCacheWrite: 1_250_000 })], 9, 10)).toBe(47);
    expect(hold([priced({ ...rates, per1mCachedInput: 100_000 })], 9, 10)).toBe(39);
    expect(hold([priced({ ...rates, per1mReasoning: 3_000_000, perRequest: 5 })], 9, 10)).toBe(64);
  });

  test("counts no more input than the model reads, and no more output than the model's own limit", () => {
    const offer = priced({ per1kInput: 1000, per1kOutput: 1000 }, { contextTokens: 5, maxOutputTokens: 7 });
    expect(hold([offer], 300, 1)).toBe(6);
    expect(hold([offer], 300, 100)).toBe(12);
    expect(hold([offer], 300, null)).toBe(12);
  });

  test('is that of the most expensive model of a chain, in any position', () => {
    const cheap = priced({ perMessage: 1 });
    const dear = priced({ per1kInput: 1000, per1kOutput: 0 });
    expect(hold([cheap, dear, cheap], 90, 0)).toBe(45 + 24);
    expect(hold([dear, cheap], 90, 0)).toBe(45 + 24);
  });

  test('is exact up to the largest integer and never beyond', () => {
    const dearest = priced({ per1kInput: most, per1kOutput: most }, { contextTokens: most });
    expect(hold([dearest], 900_000, null)).toBe(most);
    const offer = (rate: number) => priced({ per1mInput: rate }, { contextTokens: 1_000_000 });
    expect(hold([offer(most)], 3_000_000, 0)).toBe(most);
    expect(hold([offer(most - 1)], 3_000_000, 0)).toBe(most - 1);
  });

  test('is enough for each text in the script of a Chinese, Hindi or Russian reader', () => {
    const offer = priced({ per1mInput: 1_000_000 });
    const held = (text: string) =>
      holdByOutput([offer], { messages: [{ role: 'user', parts: [{ type: 'text', text }] }], tools: [] })(
        null,
      );
    expect(held('漢'.repeat(1000))).toBe(2000 + 24);
    expect(held('हि'.repeat(500))).toBe(3167 + 24);
    expect(held('я'.repeat(1000))).toBe(1500 + 24);
  });
});

describe('a charge', () => {
  const offer = priced({ per1kInput: 1000, per1kOutput: 2000 });

  test.each([
    [{ input: 3, output: 4 }, 11, { input: 3, output: 4 }],
    [{ input: 3, output: null }, 3 + 2 * 2, { input: 3, output: 2 }],
    [{ input: null, output: 4 }, 10 + 8, { input: 10, output: 4 }],
  ])('for the report %o is %i, and the usage is what it is for', (reported, credits, usage) => {
    expect(charged(offer, reported)).toEqual({ credits, usage: { ...usage, ...noParts }, clamped: [] });
  });

  test('without a report is for the estimate, and the usage is not known', () => {
    expect(charged(offer, nothingReported)).toEqual({ credits: 10 + 2 * 2, usage: null, clamped: [] });
    expect(charged(offer, nothingReported, { isComplete: false }).credits).toBe(10 + 4);
  });

  test.each([
    [{ input: 3, output: 4 }, 10 + 8, { input: 10, output: 4 }],
    [{ input: 30, output: 1 }, 30 + 4, { input: 30, output: 2 }],
    [{ input: 30, output: null }, 30 + 4, { input: 30, output: 2 }],
  ])(
    'for the report %o of a reply that was left is %i: the estimate where that is more',
    (reported, credits, usage) => {
      const left = charged(offer, reported, { isComplete: false });
      expect(left).toEqual({ credits, usage: { ...usage, ...noParts }, clamped: [] });
    },
  );

  test('is by class: cached and written input and reasoning at their own rates', () => {
    const price = {
      ...{ per1mInput: 1_000_000, per1mCachedInput: 100_000, per1mCacheWrite: 1_250_000 },
      ...{ per1mOutput: 2_000_000, per1mReasoning: 3_000_000, perRequest: 7 },
    };
    const reported = { input: 100, cachedInput: 60, cacheWrite: 20, output: 30, reasoning: 10 };
    expect(charged(priced(price), reported)).toEqual({
      credits: 7 + 20 + 6 + 25 + 40 + 30,
      usage: reported,
      clamped: [],
    });
  });

  test('counts reasoning and calls of tools as output, rounded up once', () => {
    const call = { id: 'ignored', name: 'look', arguments: '{"a":1}' };
    const reply = { text: 'Hello', toolCalls: [call], reasoningSize: 8 };
    // 5 + 4 + 7 characters, and 4 of reasoning.
    expect(charged(offer, { input: 1, output: null }, { reply })).toEqual({
      credits: 1 + 2 * 7,
      usage: { input: 1, output: 7, ...noParts, reasoning: 2 },
      clamped: [],
    });
  });

  test.each([null, 0])(
    'estimates the part of the output that was reasoning if %j is reported',
    (reasoning) => {
      const price = { per1mOutput: 1_000_000, per1mReasoning: 3_000_000 };
      const reply = { text: 'Hello', toolCalls: [], reasoningSize: 60 };
      const { usage } = charged(priced(price), { input: 1, output: 50, reasoning }, { reply });
      expect(usage).toMatchObject({ output: 50, reasoning: 10 });
      const { usage: short } = charged(priced(price), { input: 1, output: 4, reasoning }, { reply });
      expect(short).toMatchObject({ output: 4, reasoning: 4 });
    },
  );

  test('is flat if the price of the model that replied is', () => {
    expect(charged(priced({ perMessage: 7 }), { input: 1e5, output: 1e3 })).toEqual({
      credits: 7,
      usage: { input: 1e5, output: 1e3, ...noParts },
      clamped: [],
    });
  });

  test('of an empty input and reply is 0', () => {
    const reply = { text: '', toolCalls: [], reasoningSize: 0 };
    expect(charged(offer, { input: 5, output: null }, { reply })).toEqual({
      credits: 5,
      usage: { input: 5, output: 0, ...noParts },
      clamped: [],
    });
  });

  test('is for no more than the model reads and the limit that it was sent; what was reduced is listed', () => {
    const small = priced({ per1mInput: 1_000_000, per1mOutput: 1_000_000 }, { contextTokens: 50 });
    const reported = { input: 51, cachedInput: 52, cacheWrite: 1, output: 41, reasoning: 42 };
    expect(charged(small, reported, { maxOutputTokens: 40 })).toEqual({
      credits: 90,
      usage: { input: 50, cachedInput: 50, cacheWrite: 0, output: 40, reasoning: 40 },
      clamped: [
        { usageClass: 'input', reported: 51, limit: 50 },
        { usageClass: 'cachedInput', reported: 52, limit: 50 },
        { usageClass: 'cacheWrite', reported: 1, limit: 0 },
        { usageClass: 'output', reported: 41, limit: 40 },
        { usageClass: 'reasoning', reported: 42, limit: 40 },
      ],
    });
    expect(charged(small, { input: 50, output: 40 }, { maxOutputTokens: 40 }).clamped).toEqual([]);
  });

  test('of an estimate is limited in the same way, and is nothing that a provider reported', () => {
    const reply = { text: 'x'.repeat(300), toolCalls: [], reasoningSize: 0 };
    const { usage, clamped } = charged(offer, { input: 1, output: null }, { reply, maxOutputTokens: 40 });
    expect(usage).toMatchObject({ output: 40 });
    expect(clamped).toEqual([]);
  });

  test('is a whole number, and its usage possible, whatever the model reports', () => {
    const rate = fc.nat(most);
    const price: fc.Arbitrary<Price> = fc.oneof(
      fc.record({ perMessage: rate }),
      fc.record({ per1kInput: rate, per1kOutput: rate, perRequest: rate }),
      fc.record({ per1mInput: rate, per1mCachedInput: rate, per1mCacheWrite: rate, per1mReasoning: rate }),
    );
    const claim = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined), fc.string(), fc.nat(100));
    const claims = { input: claim, cachedInput: claim, cacheWrite: claim, output: claim, reasoning: claim };
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 3 }),
        fc.array(fc.record(claims), { maxLength: 3 }),
        fc.string(),
        fc.nat(100_000),
        fc.boolean(),
        (prices, reports, text, maxOutputTokens, isComplete) => {
          const [first, ...fallbacks] = prices.map((one) => priced(one));
          if (first === undefined) return;
          const held = hold([first, ...fallbacks], 30, maxOutputTokens);
          expect(Number.isSafeInteger(held) && held >= 0).toBe(true);
          const reported = reports.reduce((known, one) => mergeReport(known, one as never), nothingReported);
          const reply = { text, toolCalls: [], reasoningSize: 0 };
          for (const repliedBy of [first, ...fallbacks]) {
            const options = { reply, isComplete, maxOutputTokens };
            const { credits, usage } = charged(repliedBy, reported, options);
            expect(Number.isSafeInteger(credits) && credits >= 0).toBe(true);
            if (usage === null) continue;
            for (const count of Object.values(usage)) {
              expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
            }
            expect(usage.cachedInput + usage.cacheWrite).toBeLessThanOrEqual(usage.input);
            expect(usage.reasoning).toBeLessThanOrEqual(usage.output);
            expect(usage.input).toBeLessThanOrEqual(repliedBy.contextTokens);
            expect(usage.output).toBeLessThanOrEqual(maxOutputTokens);
          }
        },
      ),
    );
  });
});

/** The hold for a user's message of so many characters. */
function hold(chain: ModelOffer[], characters: number, maxOutputTokens: number | null): number {
  return holdByOutput(chain, { messages: asking(characters), tools: [] })(maxOutputTokens);
}

/** The charge of a reply to 30 characters; by default of five characters, and complete. */
function charged(
  repliedBy: ModelOffer,
  reported: ReportedUsage,
  {
    reply = { text: 'Hello', toolCalls: [], reasoningSize: 0 },
    isComplete = true,
    maxOutputTokens = null,
  }: Partial<{
    reply: Omit<ReplyParts, 'reported' | 'parts'>;
    isComplete: boolean;
    maxOutputTokens: number | null;
  }> = {},
) {
  const request = { messages: asking(30), tools: [], maxOutputTokens };
  const parts = { ...reply, reported: { ...nothingReported, ...reported } };
  return chargeFor(repliedBy, { reply: parts, isComplete, request });
}

function priced(price: Price, terms: Partial<ModelOffer> = {}): ModelOffer {
  return testOffer(
    {
      reply: () => {
        throw new Error('never asked');
      },
    },
    { price, ...terms },
  );
}

function asking(characters: number): ModelMessage[] {
  return [{ role: 'user', parts: [{ type: 'text', text: 'x'.repeat(characters) }] }];
}
