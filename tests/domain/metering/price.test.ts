import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import type { ReplyParts } from '../../../src/domain/chat/model-call/gathered-reply.js';
import { chargeFor, holdFor, type Price } from '../../../src/domain/metering/price.js';
import { nothingReported, mergeReport } from '../../../src/domain/metering/usage.js';
import type { ModelMessage, ReportedUsage } from '../../../src/ports/ai-model.js';
import { testOffer } from '../chat/test-offer.js';

const most = Number.MAX_SAFE_INTEGER;

describe('a hold', () => {
  test('is the price of a message, or both rates summed before one rounding', () => {
    expect(holdFor([priced({ perMessage: 100 })], asking(9), 10)).toBe(100);
    // 3 × 1 + 10 × 0 thousandths, and 3 × 500 + 10 × 150.
    expect(holdFor([priced({ per1kInput: 1, per1kOutput: 0 })], asking(9), 10)).toBe(1);
    expect(holdFor([priced({ per1kInput: 500, per1kOutput: 150 })], asking(9), 10)).toBe(3);
    expect(holdFor([priced({ per1kInput: 500, per1kOutput: 151 })], asking(9), 10)).toBe(4);
  });

  test("counts no more input than the model reads, and no more output than the model's own limit", () => {
    const offer = priced({ per1kInput: 1000, per1kOutput: 1000 }, { contextTokens: 5, maxOutputTokens: 7 });
    expect(holdFor([offer], asking(300), 1)).toBe(6);
    expect(holdFor([offer], asking(300), 100)).toBe(12);
    expect(holdFor([offer], asking(300), null)).toBe(12);
  });

  test('is that of the most expensive model of a chain, in any position', () => {
    const cheap = priced({ perMessage: 1 });
    const dear = priced({ per1kInput: 1000, per1kOutput: 0 });
    expect(holdFor([cheap, dear, cheap], asking(90), 0)).toBe(30);
    expect(holdFor([dear, cheap], asking(90), 0)).toBe(30);
  });

  test('is exact up to the largest integer and never beyond', () => {
    const dearest = priced({ per1kInput: most, per1kOutput: most }, { contextTokens: most });
    expect(holdFor([dearest], asking(900_000), null)).toBe(most);
    expect(holdFor([priced({ per1kInput: most, per1kOutput: 0 })], asking(3000), 0)).toBe(most);
    expect(holdFor([priced({ per1kInput: most - 1, per1kOutput: 0 })], asking(3000), 0)).toBe(most - 1);
  });
});

describe('a charge', () => {
  const offer = priced({ per1kInput: 1000, per1kOutput: 2000 });

  test.each([
    [{ input: 3, output: 4 }, 11, { input: 3, output: 4 }],
    [{ input: 3, output: null }, 3 + 2 * 2, { input: 3, output: 2 }],
    [{ input: null, output: 4 }, 10 + 8, { input: 10, output: 4 }],
    [{ input: Number.MAX_SAFE_INTEGER, output: 4 }, 1000, { input: Number.MAX_SAFE_INTEGER, output: 4 }],
    [nothingReported, 10 + 2 * 2, null],
  ])('for the report %o is %i, and the usage is what it is for', (reported, credits, usage) => {
    expect(charged(offer, reported)).toEqual({ credits, usage });
  });

  test.each([
    [{ input: 3, output: 4 }, 10 + 8, { input: 10, output: 4 }],
    [{ input: 30, output: 1 }, 30 + 4, { input: 30, output: 2 }],
    [{ input: 30, output: null }, 30 + 4, { input: 30, output: 2 }],
    [nothingReported, 10 + 4, null],
  ])(
    'for the report %o of a reply that was left is %i: the estimate where that is more',
    (reported, credits, usage) => {
      expect(charged(offer, reported, { isComplete: false })).toEqual({ credits, usage });
    },
  );

  test('counts reasoning and calls of tools as output, rounded up once', () => {
    const call = { id: 'ignored', name: 'look', arguments: '{"a":1}' };
    const reply = { text: 'Hello', toolCalls: [call], reasoningChars: 4 };
    // 5 + 4 + 7 + 4 characters.
    expect(charged(offer, { input: 1, output: null }, { reply })).toEqual({
      credits: 1 + 2 * 7,
      usage: { input: 1, output: 7 },
    });
  });

  test('is flat if the price of the model that replied is, and never more than the hold', () => {
    expect(charged(priced({ perMessage: 7 }), { input: 1e9, output: 1e9 }, { hold: 100 })).toEqual({
      credits: 7,
      usage: { input: 1e9, output: 1e9 },
    });
    expect(charged(priced({ perMessage: 700 }), nothingReported, { hold: 100 })).toEqual({
      credits: 100,
      usage: null,
    });
  });

  test('of an empty input and reply is 0', () => {
    const reply = { text: '', toolCalls: [], reasoningChars: 0 };
    expect(charged(offer, { input: 5, output: null }, { reply })).toEqual({
      credits: 5,
      usage: { input: 5, output: 0 },
    });
  });

  test('is a whole number from 0 to the hold, whatever the model reports', () => {
    const price: fc.Arbitrary<Price> = fc.oneof(
      fc.record({ perMessage: fc.nat(most) }),
      fc.record({ per1kInput: fc.nat(most), per1kOutput: fc.nat(most) }),
    );
    const claim = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined), fc.string());
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 3 }),
        fc.record({ input: claim, output: claim }),
        fc.string(),
        fc.nat(100_000),
        fc.boolean(),
        (prices, claimed, text, maxOutputTokens, isComplete) => {
          const [first, ...fallbacks] = prices.map((one) => priced(one));
          if (first === undefined) return;
          const hold = holdFor([first, ...fallbacks], asking(30), maxOutputTokens);
          expect(Number.isSafeInteger(hold) && hold >= 0).toBe(true);
          const reported = mergeReport(nothingReported, claimed as never);
          const reply = { text, toolCalls: [], reasoningChars: 0 };
          for (const repliedBy of [first, ...fallbacks]) {
            const { credits, usage } = charged(repliedBy, reported, { reply, hold, isComplete });
            expect(Number.isSafeInteger(credits) && credits >= 0 && credits <= hold).toBe(true);
            for (const count of Object.values(usage ?? {})) {
              expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
            }
          }
        },
      ),
    );
  });

  test('equals exact arithmetic, rounded up once', () => {
    const count = fc.integer({ min: 1, max: most });
    fc.assert(
      fc.property(count, count, fc.nat(most), fc.nat(most), (input, output, rate, other) => {
        const repliedBy = priced({ per1kInput: rate, per1kOutput: other });
        const { credits } = charged(repliedBy, { input, output }, { hold: most });
        const thousandths = BigInt(input) * BigInt(rate) + BigInt(output) * BigInt(other);
        if (credits === most) expect(thousandths > 1000n * BigInt(most - 1)).toBe(true);
        else {
          expect(1000n * BigInt(credits) >= thousandths).toBe(true);
          expect(1000n * BigInt(credits) - thousandths < 1000n).toBe(true);
        }
      }),
    );
  });
});

/** The charge of a reply to 30 characters; by default of five characters, complete, with 1,000 credits held. */
function charged(
  repliedBy: ModelOffer,
  reported: ReportedUsage,
  {
    reply = { text: 'Hello', toolCalls: [], reasoningChars: 0 },
    isComplete = true,
    hold = 1000,
  }: Partial<{ reply: Omit<ReplyParts, 'reported'>; isComplete: boolean; hold: number }> = {},
) {
  const request = { messages: asking(30), tools: [] };
  return chargeFor(repliedBy, { reply: { ...reply, reported }, isComplete, request, hold });
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
  return [{ role: 'user', text: 'x'.repeat(characters) }];
}
