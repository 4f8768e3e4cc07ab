import { beforeEach, describe, expect, test } from 'vitest';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { nodeSecrets, systemClock, uuidIds } from '../../../src/adapters/system/system.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { createCore, type Core } from '../../../src/domain/core.js';
import type { Stores } from '../../../src/ports/stores.js';
import { allEntries, createAccount, expectSound, newId } from '../../../src/testing/accounts.js';

const minute = 60_000;

let nowMs: number;
let stores: Stores;
let core: Core;
let userId: string;

beforeEach(async () => {
  nowMs = Date.UTC(2030, 0, 1);
  const clock = { ...systemClock(), now: () => new Date(nowMs) };
  stores = memoryStores(clock);
  const models = [{ name: 'echo', model: echoModel(), price: { perMessage: 10 } }] as const;
  core = createCore({ ...stores, secrets: nodeSecrets(), ids: uuidIds(), clock, models });
  userId = await createAccount(stores, 1000);
});

/** A spending of 40 credits with a key. */
const image = () =>
  ({
    userId,
    action: 'image.generate',
    amount: 40,
    idempotencyKey: 'image 1',
    details: { w: 64, h: 32 },
  }) as const;

describe('a spending', () => {
  test('is charged at once', async () => {
    const spent = await core.metering.spend({ ...image(), units: 2 });
    expect(spent).toMatchObject({
      ...{ userId, action: 'image.generate', status: 'settled', held: 40, charged: 40, uncollected: 0 },
      ...{ balance: 960, replayed: false },
    });
    const [entry] = await allEntries(stores, userId);
    expect(entry).toMatchObject({ exchangeId: spent.id, action: 'image.generate', units: 2 });
    expect(entry?.details).toEqual({ w: 64, h: 32 });
    await expectSound(stores);
  });

  test('with a key is charged once; the repetition returns the first result', async () => {
    const first = await core.metering.spend(image());
    await core.metering.spend({ userId, action: 'export.pdf', amount: 100 });
    // The order of the fields of an object has no meaning.
    const repeated = await core.metering.spend({ ...image(), details: { h: 32, w: 64 } });
    expect(repeated).toEqual({ ...first, replayed: true });
    expect((await core.ledger.balance({ caller: operatorCaller, userId })).balance).toBe(860);
  });

  test.each([
    { amount: 41 },
    { action: 'image.edit' },
    { units: 1 },
    { details: { w: 64 } },
    { details: null },
  ])('with a used key and another request is rejected: %o', async (change) => {
    await core.metering.spend(image());
    await expect(core.metering.spend({ ...image(), ...change })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  test('does not share its key with a hold or a chat', async () => {
    await core.metering.spend(image());
    const code = 'idempotency_key_reused';
    await expect(core.metering.reserve(image())).rejects.toMatchObject({ code });
    const message = { userId, message: 'Hello', idempotencyKey: 'image 1' };
    await expect(core.chat.send(message)).rejects.toMatchObject({ code });
    const chat = { userId, message: 'Hello', idempotencyKey: 'chat 1' };
    await core.chat.send(chat);
    await expect(core.metering.spend({ ...image(), idempotencyKey: 'chat 1' })).rejects.toMatchObject({
      code,
    });
  });

  test('that the balance does not cover is rejected, and its key stays free', async () => {
    const tooMuch = core.metering.spend({ ...image(), amount: 1001 });
    await expect(tooMuch).rejects.toMatchObject({
      code: 'insufficient_credits',
      details: { balance: 1000, required: 1001 },
    });
    expect(await core.metering.spend(image())).toMatchObject({ replayed: false, charged: 40 });
  });

  test('keeps its key for 24 hours', async () => {
    await core.metering.spend(image());
    nowMs += 24 * 60 * minute;
    expect(await core.metering.spend(image())).toMatchObject({ replayed: false, balance: 920 });
  });
});

describe('a hold', () => {
  test('is settled for less, and the rest returns', async () => {
    const hold = await core.metering.reserve(image());
    expect(hold).toMatchObject({ status: 'open', held: 40, charged: 0, balance: 960, replayed: false });
    expect(await core.metering.reserve(image())).toEqual({ ...hold, replayed: true });
    const settled = await core.metering.settle({
      holdId: hold.id,
      amount: 15,
      units: 3,
      details: { took: 'long' },
    });
    expect(settled).toMatchObject({ id: hold.id, status: 'settled', held: 40, charged: 15, balance: 985 });
    expect(await core.metering.reserve(image())).toMatchObject({
      id: hold.id,
      status: 'settled',
      replayed: true,
    });
    const [entry] = await allEntries(stores, userId);
    expect(entry).toMatchObject({
      amount: -15,
      action: 'image.generate',
      units: 3,
      details: { took: 'long' },
    });
    await expectSound(stores);
  });

  test('that costs more takes the rest from the balance, and what is missing is uncollected', async () => {
    const hold = await core.metering.reserve(image());
    const settled = await core.metering.settle({ holdId: hold.id, amount: 1200 });
    expect(settled).toMatchObject({ held: 40, charged: 1000, uncollected: 200, balance: 0 });
    await expectSound(stores);
  });

  test('is settled once; with the same key the repetition returns the first result', async () => {
    const { id: holdId } = await core.metering.reserve(image());
    const settle = (amount: number, idempotencyKey: string | null) =>
      core.metering.settle({ holdId, amount, idempotencyKey });
    const [first, second] = await Promise.all([settle(10, 'k'), settle(10, 'k')]);
    await core.metering.spend({ userId, action: 'export.pdf', amount: 100 });
    expect([first, second].map(({ replayed }) => replayed).sort()).toEqual([false, true]);
    expect(await settle(10, 'k')).toEqual({ ...first, replayed: true });
    expect({ ...second, replayed: true }).toEqual({ ...first, replayed: true });
    await expect(settle(11, 'k')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const ended = { code: 'hold_ended', message: expect.stringContaining('settled') as unknown };
    await expect(settle(10, null)).rejects.toMatchObject(ended);
    await expect(settle(10, 'other')).rejects.toMatchObject(ended);
    await expect(core.metering.release({ holdId, idempotencyKey: 'k' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    await expect(core.metering.renew({ holdId, ttlMs: minute })).rejects.toMatchObject(ended);
    expect((await core.ledger.balance({ caller: operatorCaller, userId })).balance).toBe(890);
  });

  test('is released, and its key is free', async () => {
    const hold = await core.metering.reserve(image());
    const release = () => core.metering.release({ holdId: hold.id, idempotencyKey: 'k' });
    expect(await release()).toMatchObject({ status: 'released', charged: 0, balance: 1000, replayed: false });
    expect(await release()).toMatchObject({ status: 'released', balance: 1000, replayed: true });
    await expect(core.metering.settle({ holdId: hold.id, amount: 1 })).rejects.toMatchObject({
      code: 'hold_ended',
      message: expect.stringContaining('released') as unknown,
    });
    const again = await core.metering.reserve(image());
    expect(again).toMatchObject({ replayed: false, status: 'open' });
    expect(again.id).not.toBe(hold.id);
  });

  test('lasts 10 minutes unless it is renewed, and returns to the balance', async () => {
    const [lost, renewed] = await Promise.all([
      core.metering.reserve({ ...image(), idempotencyKey: null }),
      core.metering.reserve({ ...image(), idempotencyKey: null }),
    ]);
    nowMs += 9 * minute;
    expect(await core.metering.renew({ holdId: renewed.id, ttlMs: 5 * minute })).toMatchObject({
      ...{ id: renewed.id, status: 'open', held: 40, charged: 0, balance: 920 },
    });
    nowMs += minute;
    const ended = { code: 'hold_ended', message: expect.stringContaining('expired') as unknown };
    await expect(core.metering.settle({ holdId: lost.id, amount: 1 })).rejects.toMatchObject(ended);
    expect(await core.chat.expireHolds({ caller: operatorCaller, everyOpen: false })).toBe(1);
    await expect(core.metering.settle({ holdId: lost.id, amount: 1 })).rejects.toMatchObject(ended);
    expect((await core.ledger.balance({ caller: operatorCaller, userId })).balance).toBe(960);
    expect(await core.metering.settle({ holdId: renewed.id, amount: 40 })).toMatchObject({ charged: 40 });
    await expectSound(stores);
  });

  test('of a chat cannot be ended from outside', async () => {
    const { exchangeId } = await core.chat.send({ userId, message: 'Hello' });
    for (const end of [
      core.metering.settle({ holdId: exchangeId, amount: 1 }),
      core.metering.release({ holdId: exchangeId }),
      core.metering.renew({ holdId: exchangeId, ttlMs: minute }),
    ]) {
      await expect(end).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('is not among the chats, the export of chats, and the statistics', async () => {
    await core.metering.reserve(image());
    await core.metering.spend({ userId, action: 'export.pdf', amount: 1 });
    const { results } = await core.chat.exchanges(
      { caller: operatorCaller, userId },
      { limit: 10, before: null },
    );
    expect(results).toEqual([]);
    const { totals } = await core.admin.statistics({ caller: operatorCaller, from: null, to: null });
    expect(totals).toMatchObject({ chats: 0, charged: 0 });
  });
});

describe('what is not valid', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { in: nested(depth - 1) });
  const invalid: [string, object][] = [
    ['action', { action: 'chat' }],
    ['action', { action: '' }],
    ['action', { action: 'Image' }],
    ['action', { action: 'a'.repeat(65) }],
    ['action', { action: 'a b' }],
    ['action', { action: '.a' }],
    ['action', { action: 'a\n' }],
    ...[-1, 1.5, Number.NaN, 2 ** 53, '1', null, undefined].map((amount): [string, object] => [
      'amount',
      { amount },
    ]),
    ['units', { units: -1 }],
    ['units', { units: 0.5 }],
    ['details', { details: ['a list'] }],
    ['details', { details: 'a text' }],
    ['details', { details: new Date() }],
    ['details', { details: { at: new Date() } }],
    ['details', { details: { nul: 'a\0b' } }],
    ['details', { details: { ['a\0b']: 1 } }],
    ['details', { details: { lone: '\ud800' } }],
    ['details', { details: { much: Number.POSITIVE_INFINITY } }],
    ['details', { details: { none: undefined } }],
    ['details', { details: { big: 1n } }],
    ['details', { details: { text: 'x'.repeat(4096) } }],
    ['details', { details: nested(9) }],
    ['Idempotency-Key', { idempotencyKey: '' }],
    ['Idempotency-Key', { idempotencyKey: 'ä' }],
  ];

  test.each(invalid)('is rejected: %s in %o', async (field, change) => {
    const rejected = {
      code: 'invalid_input',
      details: { fieldErrors: { [field]: expect.any(Array) as unknown } },
    };
    await expect(core.metering.spend({ ...image(), ...change })).rejects.toMatchObject(rejected);
    if (field !== 'units')
      await expect(core.metering.reserve({ ...image(), ...change })).rejects.toMatchObject(rejected);
    if (field === 'action') return;
    const { id: holdId } = await core.metering.reserve({ ...image(), idempotencyKey: null });
    const settle = { holdId, amount: 1, ...change };
    await expect(core.metering.settle(settle)).rejects.toMatchObject(rejected);
    expect(await allEntries(stores, userId)).toHaveLength(1);
  });

  test.each([0, 999, 1000.5, 24 * 60 * minute + 1, Number.NaN])('is a time of %d ms', async (ttlMs) => {
    const rejected = {
      code: 'invalid_input',
      details: { fieldErrors: { ttl_seconds: expect.any(Array) as unknown } },
    };
    await expect(core.metering.reserve({ ...image(), ttlMs })).rejects.toMatchObject(rejected);
    const { id: holdId } = await core.metering.reserve(image());
    await expect(core.metering.renew({ holdId, ttlMs })).rejects.toMatchObject(rejected);
  });

  test('is a caller that is undefined: it never counts as the host program', async () => {
    const caller = undefined as never;
    const { id: holdId } = await core.metering.reserve({ ...image(), amount: 0 });
    const calls = [
      core.metering.spend({ ...image(), caller }),
      core.metering.reserve({ ...image(), caller }),
      core.metering.settle({ holdId, amount: 1, caller }),
      core.metering.renew({ holdId, ttlMs: minute, caller }),
      core.metering.release({ holdId, caller }),
    ];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({
        reason: new TypeError('The caller is undefined. Authenticate it, or leave it out.'),
      });
    }
    expect(await allEntries(stores, userId)).toHaveLength(1);
    expect((await core.ledger.balance({ caller: operatorCaller, userId })).balance).toBe(1000);
  });

  test('is an unknown account or hold', async () => {
    const code = 'not_found';
    await expect(core.metering.spend({ ...image(), userId: newId() })).rejects.toMatchObject({ code });
    await expect(core.metering.settle({ holdId: newId(), amount: 1 })).rejects.toMatchObject({ code });
  });
});
