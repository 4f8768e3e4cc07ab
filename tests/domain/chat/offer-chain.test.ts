import { describe, expect, test } from 'vitest';
import type { ModelOffer, ModelOffers } from '../../../src/domain/chat/model-offer.js';
import { chainOf, offerProblems, throwIfOffersInvalid } from '../../../src/domain/chat/offer-chain.js';
import { testOffer } from './test-offer.js';

describe('a chain', () => {
  const offers = linked(['a', 'b'], ['b', 'c'], ['c', null], ['d', 'b']);

  test.each([
    ['a', ['a', 'b', 'c']],
    ['d', ['d', 'b', 'c']],
    ['c', ['c']],
    [null, ['a', 'b', 'c']],
  ])('of %s is %j', (name, names) => {
    expect(chainOf(offers, name)?.map((offer) => offer.name)).toEqual(names);
  });

  test('there is none of a name that no model has', () => {
    expect(chainOf(offers, 'e')).toBeNull();
  });

  test('there is none where the fallbacks lead in a circle or nowhere', () => {
    expect(() => chainOf(linked(['a', 'b'], ['b', 'a']), 'a')).toThrow(TypeError);
    expect(() => chainOf(linked(['a', 'x']), 'a')).toThrow(TypeError);
  });
});

test('every fault of the models as a whole is named', () => {
  expect(offerProblems(linked(['a', 'b'], ['b', null], ['c', 'c']))).toEqual([
    'the model "c" falls back to itself',
  ]);
  expect(
    offerProblems(linked(['a', 'b'], ['b', 'a'], ['c', 'a'], ['d', 'x'], ['e', null], ['e', null])),
  ).toEqual([
    'two models are named "e"',
    'the model "d" falls back to "x", which is none',
    'the model "a" falls back to itself',
    'the model "b" falls back to itself',
  ]);
});

test('they are refused with all of them', () => {
  expect(() => {
    throwIfOffersInvalid(linked(['a', 'b'], ['a', 'a']));
  }).toThrow(/two models are named "a"; the model "a" falls back to "b"/);
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
