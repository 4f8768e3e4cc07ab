import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { chainForKey, offersForKey, type ModelOffers } from '../../../src/domain/chat/model-offer.js';
import { validateKeyModels } from '../../../src/domain/auth/api-key.js';
import { testOffer } from './test-offer.js';

const model = echoModel();
const offers: ModelOffers = [
  testOffer(model, { name: 'a', fallback: 'b' }),
  testOffer(model, { name: 'b', fallback: 'c' }),
  testOffer(model, { name: 'c' }),
];
const namesFor = (name: string | null, models: string[] | null) =>
  chainForKey(offers, name, { models })?.map((offer) => offer.name);

describe('a key that is limited to some models', () => {
  test.each([
    ['a', null, ['a', 'b', 'c']],
    [null, null, ['a', 'b', 'c']],
    ['a', ['a'], ['a']],
    ['a', ['a', 'c'], ['a', 'c']],
    [null, ['c', 'b'], ['b', 'c']],
    ['unknown', ['a'], undefined],
  ])('asks for %j, may use %j, and gets %j', (name, models, chain) => {
    expect(namesFor(name, models)).toEqual(chain);
  });

  test('may not use another one, and none at all if its models are no longer on offer', () => {
    expect(() => namesFor('b', ['a', 'c'])).toThrow(expect.objectContaining({ code: 'model_not_allowed' }));
    expect(() => namesFor(null, ['gone'])).toThrow(expect.objectContaining({ code: 'model_not_allowed' }));
    expect(() => namesFor('a', ['gone'])).toThrow('This API key may use only these models: gone.');
  });

  test('sees only these', () => {
    const seen = (models: string[] | null) => offersForKey(offers, { models }).map(({ name }) => name);
    expect([seen(null), seen(['c', 'a']), seen(['gone'])]).toEqual([['a', 'b', 'c'], ['a', 'c'], []]);
    expect(offersForKey(offers, null)).toHaveLength(3);
  });
});

test.each([
  [null, 0],
  [['a'], 0],
  [['a', 'b'], 0],
  [[], 1],
  [['a', 'a'], 1],
  [['d'], 1],
  [Array.from({ length: 101 }, (_, index) => `model ${index}`), 1],
])('of the models %j of a new key, %d problems are reported', (models, count) => {
  expect(validateKeyModels(models, ['a', 'b', 'c'])).toHaveLength(count);
});
