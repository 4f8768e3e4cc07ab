import { describe, expect, test } from 'vitest';
import {
  currentOffers,
  fallbackChain,
  offerProblems,
  throwIfOffersInvalid,
  type ModelOffer,
  type ModelOffers,
} from '../../../src/domain/chat/model-offer.js';
import { testOffer } from './test-offer.js';

describe('the current offers', () => {
  const [first, second] = [linked(['a', null]), linked(['b', null])];

  test('are those that a function returns now, with all their terms', () => {
    let inputs = first;
    const current = currentOffers(() => inputs);
    expect(current().map(({ name }) => name)).toEqual(['a']);
    expect(current()).toBe(current());
    inputs = second;
    expect(current().map(({ name }) => name)).toEqual(['b']);
  });

  test.each([{ per1kInput: 1, per1mInput: 1 }, { perMessage: 0.5 }, {}])(
    'are a TypeError if the price of one is %o',
    (price) => {
      const [offer] = first;
      expect(() => currentOffers([{ ...offer, price }])()).toThrow(/the price of "a" is invalid/);
    },
  );
});

describe('a chain', () => {
  const offers = linked(['a', 'b'], ['b', 'c'], ['c', null], ['d', 'b']);

  test.each([
    ['a', ['a', 'b', 'c']],
    ['d', ['d', 'b', 'c']],
    ['c', ['c']],
    [null, ['a', 'b', 'c']],
  ])('of %s is %j', (name, names) => {
    expect(fallbackChain(offers, name)?.map((offer) => offer.name)).toEqual(names);
  });

  test('does not exist for an unknown name', () => {
    expect(fallbackChain(offers, 'e')).toBeNull();
  });

  test('is a TypeError if the fallbacks form a circle or do not exist', () => {
    expect(() => fallbackChain(linked(['a', 'b'], ['b', 'a']), 'a')).toThrow(TypeError);
    expect(() => fallbackChain(linked(['a', 'x']), 'a')).toThrow(TypeError);
  });
});

test('every problem of the models as a whole is named', () => {
  expect(offerProblems(linked(['a', 'b'], ['b', null], ['c', 'c']))).toEqual([
    'the model "c" falls back to itself',
  ]);
  expect(
    offerProblems(linked(['a', 'b'], ['b', 'a'], ['c', 'a'], ['d', 'x'], ['e', null], ['e', null])),
  ).toEqual([
    'two models are named "e"',
    'the fallback of "d", "x", does not exist',
    'the model "a" falls back to itself',
    'the model "b" falls back to itself',
  ]);
});

test('invalid models are rejected with every problem', () => {
  expect(() => {
    throwIfOffersInvalid(linked(['a', 'b'], ['a', 'a']));
  }).toThrow(/two models are named "a"; the fallback of "a", "b", does not exist/);
  throwIfOffersInvalid(linked(['a', null]));
});

function linked(first: Link, ...rest: Link[]): ModelOffers {
  return [offer(first), ...rest.map(offer)];
}

type Link = [name: string, fallback: string | null];

function offer([name, fallback]: Link): ModelOffer {
  return testOffer(
    {
      reply: () => {
        throw new Error('never asked');
      },
    },
    { name, fallback },
  );
}
