import { describe, expect, test } from 'vitest';
import { createCore } from '../../../src/domain/core.js';
import {
  capsFor,
  capState,
  capThatForbids,
  counterName,
  defaultCapProblems,
  tightestCap,
  upperBoundOfOwn,
  validateCapLimit,
  withDefaultCaps,
  type Cap,
} from '../../../src/domain/metering/cap.js';
import { capReached } from '../../../src/domain/metering/cap-reached.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { nodeSecrets, systemClock, uuidIds } from '../../../src/adapters/system/system.js';

function cap(overrides: Partial<Cap> = {}): Cap {
  return {
    ...{ id: 'an id', scope: 'account', keyId: null, model: null, window: 'day', limit: 500 },
    ...{ setBy: 'administrator', createdAt: new Date(0) },
    ...overrides,
  };
}

const ofKey = (keyId: string, overrides: Partial<Cap> = {}) => cap({ scope: 'key', keyId, ...overrides });
const ofModel = (model: string, overrides: Partial<Cap> = {}) => cap({ scope: 'model', model, ...overrides });

describe('the caps that apply', () => {
  const caps = [cap(), ofKey('k1'), ofKey('k2'), ofModel('large')];

  test.each([
    [{ keyId: null, model: 'small' }, [caps[0]]],
    [{ keyId: 'k1', model: 'small' }, [caps[0], caps[1]]],
    [{ keyId: 'k2', model: 'large' }, [caps[0], caps[2], caps[3]]],
    [{ keyId: null, model: '' }, [caps[0]]],
  ])('to %j are those on its account, key and model', (use, expected) => {
    expect(capsFor(use, caps, [])).toEqual(expected);
  });

  test('include the defaults, unless an administrator has set one on the account for the same window', () => {
    const defaults = [
      { window: 'day', limit: 10 },
      { window: 'month', limit: 100 },
    ] as const;
    const limits = (...own: Cap[]) => withDefaultCaps(own, defaults).map(({ limit }) => limit);
    expect(limits()).toEqual([10, 100]);
    expect(limits(cap())).toEqual([500, 100]);
    expect(limits(cap({ setBy: 'account' }))).toEqual([500, 10, 100]);
    expect(limits(ofKey('k1'), ofModel('large'))).toEqual([500, 500, 10, 100]);
    expect(capsFor({ keyId: null, model: '' }, [], defaults)).toHaveLength(2);
  });
});

describe('what is left', () => {
  const at = (limit: number, spent: number, end: Date | null = new Date(1)) =>
    capState(cap({ limit }), { end }, spent);

  test('is never below zero', () => {
    expect([at(500, 0).left, at(500, 499).left, at(500, 500).left, at(500, 700).left]).toEqual([
      500, 1, 0, 0,
    ]);
  });

  test('forbids one credit more, and nothing forbids a hold of zero', () => {
    expect(capThatForbids([at(500, 400)], 100)).toBeNull();
    expect(capThatForbids([at(500, 400)], 101)).toEqual(at(500, 400));
    expect(capThatForbids([at(0, 0)], 0)).toBeNull();
    expect(capThatForbids([], 1)).toBeNull();
  });

  test('is reported of the cap with the least of it, of equal ones the one that ends last', () => {
    const [soon, later, never] = [at(5, 0, new Date(1)), at(5, 0, new Date(2)), at(5, 0, null)];
    expect(tightestCap([at(9, 0), soon, at(6, 0)])).toBe(soon);
    expect(tightestCap([soon, never, later])).toBe(never);
    expect(tightestCap([later, soon])).toBe(later);
    expect(tightestCap([])).toBeNull();
  });

  test('is said in the error, with the cap and the end of its window', () => {
    const state = capState(ofKey('k1', { limit: 500 }), { end: new Date(0) }, 480);
    const error = capReached(state, 100);
    expect([error.code, error.kind, error.details]).toEqual([
      ...['cap_reached', 'unaffordable', { cap: state, required: 100 }],
    ]);
    expect(error.message).toBe(
      'The cap of 500 per day on this API key is reached: 20 left until 1970-01-01T00:00:00.000Z, 100 required.',
    );
    const total = capReached(capState(cap({ window: 'total' }), { end: null }, 500), 1);
    expect(total.message).toBe('The cap of 500 in total on this account is reached: 0 left, 1 required.');
  });
});

test('caps share a counter if they count the same', () => {
  const names = [
    ...[cap(), ofKey('k1'), ofKey('k2'), ofModel('k1'), ofModel('k2'), cap({ window: 'month' })],
  ].map(counterName);
  expect(new Set(names).size).toBe(names.length);
  expect(counterName(cap({ setBy: 'account', limit: 1, id: null }))).toBe(counterName(cap()));
});

describe('the upper bound of an own cap', () => {
  const bound = (own: Partial<Cap>, caps: Cap[]) =>
    upperBoundOfOwn(cap(own), caps, [{ window: 'month', limit: 1000 }])?.limit ?? null;

  test('is the smallest of an administrator for the same window, on the subject or the account', () => {
    const caps = [cap({ limit: 300 }), ofKey('k1', { limit: 200 }), ofKey('k2', { limit: 900 })];
    expect(bound({}, caps)).toBe(300);
    expect(bound({ scope: 'key', keyId: 'k1' }, caps)).toBe(200);
    expect(bound({ scope: 'key', keyId: 'k2' }, caps)).toBe(300);
    expect(bound({ scope: 'model', model: 'large' }, caps)).toBe(300);
    expect(bound({ window: 'hour' }, caps)).toBeNull();
  });

  test('is also the default, but no cap of the account itself', () => {
    expect(bound({ window: 'month' }, [])).toBe(1000);
    expect(bound({ window: 'month' }, [cap({ window: 'month', limit: 5000 })])).toBe(5000);
    expect(bound({}, [cap({ setBy: 'account', limit: 1 })])).toBeNull();
  });
});

test.each([
  [0, 0],
  [Number.MAX_SAFE_INTEGER, 0],
  [-1, 1],
  [1.5, 1],
  [Number.NaN, 1],
  [Number.MAX_SAFE_INTEGER + 1, 1],
])('of the limit %d, %d problems are reported', (limit, count) => {
  expect(validateCapLimit(limit)).toHaveLength(count);
});

test('default caps with an invalid limit, or two for one window, are a TypeError of the core', () => {
  const defaultCaps = [
    { window: 'day', limit: -1 },
    { window: 'day', limit: 5 },
  ] as const;
  expect(defaultCapProblems(defaultCaps)).toHaveLength(2);
  const ports = {
    ...memoryStores(),
    ...{ secrets: nodeSecrets(), ids: uuidIds(), clock: systemClock() },
    models: [{ name: 'echo', model: echoModel() }] as const,
  };
  expect(() => createCore({ ...ports, policy: { defaultCaps } })).toThrow('there are two caps for day');
  expect(() => createCore({ ...ports, policy: { defaultCaps: defaultCaps.slice(1) } })).not.toThrow();
});
