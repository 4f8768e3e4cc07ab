import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelOffer, Price } from '../../../src/domain/chat/model-offer.js';
import { chargeFor, estimateInput, estimateTokens, holdFor } from '../../../src/domain/chat/pricing.js';
import type { ModelMessage } from '../../../src/ports/ai-model.js';
import { testOffer } from './test-offer.js';

const most = Number.MAX_SAFE_INTEGER;

describe('an estimate', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['abc', 1],
    ['abcd', 2],
    ['🦉🦉🦉', 1],
    ['🦉🦉🦉🦉', 2],
  ])('of %j is %i: one for every three characters, rounded up', (text, count) => {
    expect(estimateTokens(text)).toBe(count);
  });

  test('of the input counts all that a model has to read, rounded up once', () => {
    const messages: ModelMessage[] = [
      { role: 'system', text: 'a' },
      { role: 'user', text: 'b' },
      { role: 'assistant', text: 'c', toolCalls: [{ id: '1', name: 'd', arguments: 'ef' }] },
      { role: 'tool', toolCallId: '1', text: 'g' },
    ];
    expect(estimateInput(messages, 100)).toBe(3);
    expect(estimateInput(messages, 2)).toBe(2);
    expect(estimateInput(messages, 100, [{ name: 'd', description: 'hi', parameters: { j: 1 } }])).toBe(6);
  });
});

describe('a hold', () => {
  test('is the price of a message, or both rates summed before one rounding', () => {
    expect(holdFor([priced({ perMessage: 100 })], asking(9), 10)).toBe(100);
    // 3 × 1 + 10 × 0 thousandths, and 3 × 500 + 10 × 150.
    expect(holdFor([priced({ per1kInput: 1, per1kOutput: 0 })], asking(9), 10)).toBe(1);
    expect(holdFor([priced({ per1kInput: 500, per1kOutput: 150 })], asking(9), 10)).toBe(3);
    expect(holdFor([priced({ per1kInput: 500, per1kOutput: 151 })], asking(9), 10)).toBe(4);
  });

  test("takes no more input than the model reads, and no more output than the model's own limit", () => {
    const offer = priced({ per1kInput: 1000, per1kOutput: 1000 }, { contextTokens: 5, maxOutputTokens: 7 });
    expect(holdFor([offer], asking(300), 1)).toBe(6);
    expect(holdFor([offer], asking(300), 100)).toBe(12);
    expect(holdFor([offer], asking(300), null)).toBe(12);
  });

  test('is that of the dearest along a chain, wherever it stands', () => {
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
    [{ input: 3, output: 4 }, 11],
    [{ input: -3, output: 4 }, 8],
    [{ input: 3, output: -1e300 }, 3],
    [{ input: 1e300, output: 4 }, 1000],
    [{ input: 3.4, output: 4 }, 11],
    [null, 10 + 2 * 2],
    [{}, 10 + 2 * 2],
    [{ input: 3 }, 3 + 2 * 2],
    [{ input: '3' as unknown as number, output: 4 }, 10 + 8],
    [{ input: NaN, output: Infinity }, 10 + 2 * 2],
  ])('for the usage %o is %i', (usage, credits) => {
    expect(chargeFor(offer, usage, asking(30), 'Hello', 1000)).toBe(credits);
  });

  test('is flat where the model that answered is, and never more than the hold', () => {
    expect(chargeFor(priced({ perMessage: 7 }), { input: 1e9, output: 1e9 }, asking(1), '', 100)).toBe(7);
    expect(chargeFor(priced({ perMessage: 700 }), null, asking(1), '', 100)).toBe(100);
  });

  test('is a whole number from 0 to the hold, whatever the model reports', () => {
    const price: fc.Arbitrary<Price> = fc.oneof(
      fc.record({ perMessage: fc.nat(most) }),
      fc.record({ per1kInput: fc.nat(most), per1kOutput: fc.nat(most) }),
    );
    const reported = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined), fc.string());
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 3 }),
        fc.record({ input: reported, output: reported }),
        fc.string(),
        fc.nat(100_000),
        (prices, usage, reply, maxOutputTokens) => {
          const [first, ...fallbacks] = prices.map((one) => priced(one));
          if (first === undefined) return;
          const hold = holdFor([first, ...fallbacks], asking(30), maxOutputTokens);
          expect(Number.isSafeInteger(hold) && hold >= 0).toBe(true);
          for (const answeredBy of [first, ...fallbacks]) {
            const charge = chargeFor(answeredBy, usage as never, asking(30), reply, hold);
            expect(Number.isSafeInteger(charge) && charge >= 0 && charge <= hold).toBe(true);
          }
        },
      ),
    );
  });

  test('is what exact arithmetic gives, rounded up once', () => {
    fc.assert(
      fc.property(fc.nat(most), fc.nat(most), fc.nat(most), fc.nat(most), (input, output, rate, other) => {
        const charge = chargeFor(
          priced({ per1kInput: rate, per1kOutput: other }),
          { input, output },
          [],
          '',
          most,
        );
        const thousandths = BigInt(input) * BigInt(rate) + BigInt(output) * BigInt(other);
        if (charge === most) expect(thousandths > 1000n * BigInt(most - 1)).toBe(true);
        else {
          expect(1000n * BigInt(charge) >= thousandths).toBe(true);
          expect(1000n * BigInt(charge) - thousandths < 1000n).toBe(true);
        }
      }),
    );
  });
});

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
