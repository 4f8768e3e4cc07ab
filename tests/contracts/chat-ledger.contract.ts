import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idempotencyKeyTtlMs } from '../../src/domain/chat/exchange.js';
import { maxCredits } from '../../src/domain/ledger/entry.js';
import type { ExchangeReference } from '../../src/ports/chat-ledger.js';
import {
  allEntries,
  allExchanges,
  countOutcomes,
  createAccount,
  delicateTexts,
  expectSound,
  leaseMs,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';

/** What every chat ledger promises. */
export function chatLedgerContract(name: string, openHarness: OpenStoreHarness): void {
  describe(`chat ledger: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    const ledger = () => harness.stores.chatLedger;
    const balanceOf = (userId: string) => harness.stores.creditLedger.balance(userId);
    const onlyExchange = async (userId: string) => {
      const exchanges = await allExchanges(harness.stores, userId);
      expect(exchanges).toHaveLength(1);
      return exchanges[0];
    };

    describe('reserve', () => {
      test('holds the price and records the pending exchange', async () => {
        const userId = await createAccount(harness.stores, 250);
        const request = reserveRequest(userId, { conversationId: newId(), message: 'What?' });
        const reserved = await ledger().reserve(request);
        expect(reserved).toMatchObject({ outcome: 'reserved', balance: 150 });
        expect(await balanceOf(userId)).toEqual({ balance: 150, held: 100 });
        const exchange = await onlyExchange(userId);
        expect(exchange).toEqual({
          id: request.exchangeId,
          userId,
          conversationId: request.conversationId,
          model: 'echo',
          message: 'What?',
          reply: null,
          status: 'pending',
          held: 100,
          holdState: 'open',
          captured: null,
          balanceAfter: null,
          usage: null,
          createdAt: reserved.outcome === 'reserved' ? reserved.createdAt : null,
        });
        expect(await allEntries(harness.stores, userId)).toHaveLength(1);
        await expectSound(harness.stores);
      });

      test('takes the last credit, and not one more', async () => {
        const userId = await createAccount(harness.stores, 100);
        const reserved = await ledger().reserve(reserveRequest(userId, { hold: 101 }));
        expect(reserved).toEqual({ outcome: 'insufficient', balance: 100 });
        expect(await allExchanges(harness.stores, userId)).toEqual([]);
        await openHold(harness.stores, userId, { hold: 100 });
        expect(await ledger().reserve(reserveRequest(userId, { hold: 1 }))).toEqual({
          outcome: 'insufficient',
          balance: 0,
        });
        await expectSound(harness.stores);
      });

      test('holds nothing for an exchange that is free', async () => {
        const userId = await createAccount(harness.stores, 0);
        const exchange = await openHold(harness.stores, userId, { hold: 0 });
        expect(await ledger().settle(settlementOf(exchange, 0))).toEqual({ outcome: 'settled', balance: 0 });
        const [charge] = await allEntries(harness.stores, userId);
        expect(charge).toMatchObject({ kind: 'charge', amount: 0, balanceAfter: 0 });
        await expectSound(harness.stores);
      });

      test('has nothing for an account that does not exist', async () => {
        for (const hold of [0, 100]) {
          const reserved = await ledger().reserve(reserveRequest(newId(), { hold }));
          expect(reserved).toEqual({ outcome: 'insufficient', balance: 0 });
        }
      });

      test.each([-1, 1.5, Number.NaN])('refuses a hold of %s', async (hold) => {
        const userId = await createAccount(harness.stores, 100);
        await expect(ledger().reserve(reserveRequest(userId, { hold }))).rejects.toThrow();
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
        expect(await allExchanges(harness.stores, userId)).toEqual([]);
      });

      test('takes an exchange id once', async () => {
        const userId = await createAccount(harness.stores, 500);
        const request = reserveRequest(userId);
        await ledger().reserve(request);
        await expect(ledger().reserve(request)).rejects.toThrow();
        expect(await balanceOf(userId)).toEqual({ balance: 400, held: 100 });
        await expectSound(harness.stores);
      });

      test('of 200 at once on a balance for 37, exactly 37 are reserved', async () => {
        const userId = await createAccount(harness.stores, 3799);
        const counts = await countOutcomes(200, () => ledger().reserve(reserveRequest(userId)));
        expect(counts).toEqual({ reserved: 37, insufficient: 163 });
        expect(await balanceOf(userId)).toEqual({ balance: 99, held: 3700 });
        expect(await allExchanges(harness.stores, userId)).toHaveLength(37);
        await expectSound(harness.stores);
      });
    });

    describe('idempotency key', () => {
      test('of 50 with one key at once, one is reserved and the others see its exchange', async () => {
        const userId = await createAccount(harness.stores, 100_000);
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, () => ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' }))),
        );
        const exchange = await onlyExchange(userId);
        expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(1);
        const claimed = outcomes.filter((each) => each.outcome === 'key_claimed');
        expect(claimed).toHaveLength(49);
        for (const each of claimed) expect(each.exchange.id).toBe(exchange?.id);
        expect(await balanceOf(userId)).toEqual({ balance: 99_900, held: 100 });
        await expectSound(harness.stores);
      });

      test('of 50 with one key at once and credits for one, the others are still told of the claim', async () => {
        const userId = await createAccount(harness.stores, 100);
        const counts = await countOutcomes(50, () =>
          ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' })),
        );
        expect(counts).toEqual({ reserved: 1, key_claimed: 49 });
        await expectSound(harness.stores);
      });

      test('a settled exchange answers for its key with all that came of it', async () => {
        const userId = await createAccount(harness.stores, 100);
        const exchange = await openHold(harness.stores, userId, { idempotencyKey: 'k' });
        await ledger().settle(settlementOf(exchange, 70));
        const repeated = await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k', hold: 500 }));
        expect(repeated).toEqual({ outcome: 'key_claimed', exchange: await onlyExchange(userId) });
        expect(repeated).toMatchObject({ exchange: { reply: 'Hello back', captured: 70, balanceAfter: 30 } });
      });

      test('a key belongs to one account', async () => {
        const [first, second] = [
          await createAccount(harness.stores, 100),
          await createAccount(harness.stores, 100),
        ];
        await openHold(harness.stores, first, { idempotencyKey: 'k' });
        await openHold(harness.stores, second, { idempotencyKey: 'k' });
      });

      test('a key is free after a release, an expiry, and a refusal', async () => {
        const userId = await createAccount(harness.stores, 100);
        const request = () => reserveRequest(userId, { idempotencyKey: 'k' });
        expect((await ledger().reserve({ ...request(), hold: 101 })).outcome).toBe('insufficient');
        const released = await openHold(harness.stores, userId, request());
        await ledger().release(releaseOf(released));
        await openHold(harness.stores, userId, { ...request(), leaseMs: 1000 });
        await harness.advance(1000);
        await ledger().expireHolds({ everyOpen: false });
        await openHold(harness.stores, userId, request());
        expect((await ledger().reserve(request())).outcome).toBe('key_claimed');
        await expectSound(harness.stores);
      });

      test('a key is free 24 hours after its claim, and not before', async () => {
        const userId = await createAccount(harness.stores, 300);
        const request = () => reserveRequest(userId, { idempotencyKey: 'k' });
        const exchange = await openHold(harness.stores, userId, request());
        await ledger().settle(settlementOf(exchange, 100));
        await harness.advance(idempotencyKeyTtlMs - 60_000);
        expect((await ledger().reserve(request())).outcome).toBe('key_claimed');
        await harness.advance(60_000);
        const counts = await countOutcomes(20, () => ledger().reserve(request()));
        expect(counts).toEqual({ reserved: 1, key_claimed: 19 });
        await expectSound(harness.stores);
      });

      test('forgetting old keys frees those of 24 hours ago and keeps the others', async () => {
        await harness.advance(idempotencyKeyTtlMs);
        await ledger().forgetOldKeys();
        const userId = await createAccount(harness.stores, 1000);
        await openHold(harness.stores, userId, { idempotencyKey: 'old' });
        await openHold(harness.stores, userId, { idempotencyKey: 'older' });
        await harness.advance(idempotencyKeyTtlMs - 60_000);
        await openHold(harness.stores, userId, { idempotencyKey: 'young' });
        expect(await ledger().forgetOldKeys()).toBe(0);
        await harness.advance(60_000);
        const forgotten = await Promise.all(Array.from({ length: 5 }, () => ledger().forgetOldKeys()));
        expect(forgotten.reduce((total, count) => total + count)).toBe(2);
        await openHold(harness.stores, userId, { idempotencyKey: 'old' });
        const young = await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'young' }));
        expect(young.outcome).toBe('key_claimed');
        await expectSound(harness.stores);
      });

      // Between the end of one exchange and the claim of the next, a request may find neither in its way.
      test.each([
        { credits: 100, ending: 'a release' as const },
        { credits: 100_000, ending: 'a release' as const },
        { credits: 100_000, ending: 'a partial charge' as const },
      ])('many with one key and $credits credits, raced with $ending, all get an answer', async (given) => {
        const userId = await createAccount(harness.stores, given.credits);
        const end = async (exchange: ExchangeReference) => {
          if (given.ending === 'a release') return ledger().release(releaseOf(exchange));
          return ledger().settle(settlementOf(exchange, 1));
        };
        const counts = await countOutcomes(30, async () => {
          const request = reserveRequest(userId, { idempotencyKey: 'k' });
          const reserved = await ledger().reserve(request);
          return reserved.outcome === 'reserved' ? end(request) : reserved;
        });
        const { key_claimed: claimed = 0, released = 0, settled = 0 } = counts;
        expect(claimed + (given.ending === 'a release' ? released : settled)).toBe(30);
        expect((await balanceOf(userId)).held).toBe(0);
        await expectSound(harness.stores);
      });
    });

    describe('settle', () => {
      test('charges a part of the hold and gives back the rest', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        const settlement = settlementOf(exchange, 30);
        expect(await ledger().settle(settlement)).toEqual({ outcome: 'settled', balance: 220 });
        expect(await balanceOf(userId)).toEqual({ balance: 220, held: 0 });
        expect(await onlyExchange(userId)).toMatchObject({
          reply: 'Hello back',
          status: 'completed',
          holdState: 'captured',
          captured: 30,
          balanceAfter: 220,
          usage: { input: 3, output: 5 },
        });
        const [charge] = await allEntries(harness.stores, userId);
        expect(charge).toMatchObject({
          id: settlement.entryId,
          kind: 'charge',
          amount: -30,
          balanceAfter: 220,
          exchangeId: exchange.exchangeId,
        });
        await expectSound(harness.stores);
      });

      test.each([
        { capture: 100, left: 150 },
        { capture: 0, left: 250 },
      ])('charges $capture of 100', async ({ capture, left }) => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        const settled = await ledger().settle({
          ...settlementOf(exchange, capture),
          ...{ status: 'cancelled', usage: null },
        });
        expect(settled).toEqual({ outcome: 'settled', balance: left });
        expect(await onlyExchange(userId)).toMatchObject({ status: 'cancelled', usage: null });
        await expectSound(harness.stores);
      });

      test.each([101, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, maxCredits + 1, 1e21])(
        'rejects a capture of %s of 100 with a TypeError and changes nothing',
        async (capture) => {
          const userId = await createAccount(harness.stores, 250);
          const exchange = await openHold(harness.stores, userId, { idempotencyKey: 'k' });
          const before = await onlyExchange(userId);
          await expect(ledger().settle(settlementOf(exchange, capture))).rejects.toThrow(TypeError);
          expect(await onlyExchange(userId)).toEqual(before);
          expect(await balanceOf(userId)).toEqual({ balance: 150, held: 100 });
          expect(await allEntries(harness.stores, userId)).toHaveLength(1);
          expect((await ledger().settle(settlementOf(exchange, 100))).outcome).toBe('settled');
          await expectSound(harness.stores);
        },
      );

      test('acts once', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        const counts = await countOutcomes(20, () => ledger().settle(settlementOf(exchange, 40)));
        expect(counts).toEqual({ settled: 1, already_final: 19 });
        expect(await balanceOf(userId)).toEqual({ balance: 210, held: 0 });
        expect(await allEntries(harness.stores, userId)).toHaveLength(2);
        await expectSound(harness.stores);
      });

      test('comes too late when the deadline is past, even if nobody has looked', async () => {
        const userId = await createAccount(harness.stores, 100);
        const exchange = await openHold(harness.stores, userId);
        await harness.advance(leaseMs - 60_000);
        expect(await ledger().renew(exchange, 120_000)).toBe(true);
        await harness.advance(120_000);
        expect(await ledger().settle(settlementOf(exchange, 100))).toEqual({ outcome: 'already_final' });
        expect(await balanceOf(userId)).toEqual({ balance: 0, held: 100 });
        expect(await ledger().release(releaseOf(exchange))).toEqual({ outcome: 'released' });
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
        await expectSound(harness.stores);
      });

      test("of an exchange that is unknown or another's changes nothing", async () => {
        const userId = await createAccount(harness.stores, 100);
        const otherId = await createAccount(harness.stores, 100);
        const exchange = await openHold(harness.stores, userId);
        for (const wrong of [
          { userId, exchangeId: newId() },
          { ...exchange, userId: otherId },
        ]) {
          expect(await ledger().settle(settlementOf(wrong, 50))).toEqual({ outcome: 'already_final' });
          expect(await ledger().release(releaseOf(wrong))).toEqual({ outcome: 'already_final' });
          expect(await ledger().renew(wrong, leaseMs)).toBe(false);
        }
        expect(await balanceOf(userId)).toEqual({ balance: 0, held: 100 });
        expect(await balanceOf(otherId)).toEqual({ balance: 100, held: 0 });
      });

      test('tells of many at once the balances that one after the other would', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const exchanges = await Promise.all(
          Array.from({ length: 10 }, () => openHold(harness.stores, userId)),
        );
        await Promise.all(exchanges.map((exchange) => ledger().settle(settlementOf(exchange, 60))));
        const charges = (await allEntries(harness.stores, userId)).filter(({ kind }) => kind === 'charge');
        expect(Math.max(...charges.map(({ balanceAfter }) => balanceAfter))).toBe(400);
        expect(await balanceOf(userId)).toEqual({ balance: 400, held: 0 });
        await expectSound(harness.stores);
      });
    });

    describe('release', () => {
      test('gives back all of the hold, once', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        const counts = await countOutcomes(20, () => ledger().release(releaseOf(exchange)));
        expect(counts).toEqual({ released: 1, already_final: 19 });
        expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
        expect(await onlyExchange(userId)).toMatchObject({
          ...{ status: 'failed', holdState: 'released', captured: null, reply: null, balanceAfter: null },
        });
        expect(await allEntries(harness.stores, userId)).toHaveLength(1);
        expect(await ledger().settle(settlementOf(exchange, 1))).toEqual({ outcome: 'already_final' });
        expect(await ledger().renew(exchange, leaseMs)).toBe(false);
        await expectSound(harness.stores);
      });

      test('can cancel', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        await ledger().release({ exchange, status: 'cancelled', failure: null });
        expect(await onlyExchange(userId)).toMatchObject({ status: 'cancelled', holdState: 'released' });
      });

      test('does not undo a charge', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId);
        await ledger().settle(settlementOf(exchange, 100));
        expect(await ledger().release(releaseOf(exchange))).toEqual({ outcome: 'already_final' });
        expect(await balanceOf(userId)).toEqual({ balance: 150, held: 0 });
      });
    });

    describe('deadlines', () => {
      test('renewing moves the deadline, counted from now', async () => {
        const userId = await createAccount(harness.stores, 250);
        const exchange = await openHold(harness.stores, userId, { leaseMs: 120_000 });
        await harness.advance(60_000);
        expect(await ledger().renew(exchange, 120_000)).toBe(true);
        await harness.advance(60_000);
        await ledger().expireHolds({ everyOpen: false });
        expect((await onlyExchange(userId))?.holdState).toBe('open');
        await harness.advance(60_000);
        expect(await ledger().renew(exchange, leaseMs)).toBe(false);
        await ledger().expireHolds({ everyOpen: false });
        expect(await onlyExchange(userId)).toMatchObject({ holdState: 'expired', status: 'failed' });
        expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
        await expectSound(harness.stores);
      });

      test('expiring ends the holds past their deadline and leaves the others', async () => {
        await ledger().expireHolds({ everyOpen: true });
        const userId = await createAccount(harness.stores, 1000);
        const dead = await openHold(harness.stores, userId, { leaseMs: 1000, idempotencyKey: 'dead' });
        const living = await openHold(harness.stores, userId);
        await harness.advance(1000);
        const expired = await Promise.all(
          Array.from({ length: 5 }, () => ledger().expireHolds({ everyOpen: false })),
        );
        expect(expired.reduce((total, count) => total + count)).toBe(1);
        expect(await balanceOf(userId)).toEqual({ balance: 900, held: 100 });
        expect(await ledger().settle(settlementOf(dead, 1))).toEqual({ outcome: 'already_final' });
        expect(await ledger().release(releaseOf(dead))).toEqual({ outcome: 'already_final' });
        expect((await ledger().settle(settlementOf(living, 100))).outcome).toBe('settled');
        await expectSound(harness.stores);
      });

      test('a starting process ends every open hold, and no other', async () => {
        await ledger().expireHolds({ everyOpen: true });
        const userId = await createAccount(harness.stores, 1000);
        const settled = await openHold(harness.stores, userId);
        await ledger().settle(settlementOf(settled, 100));
        for (let index = 0; index < 3; index += 1) await openHold(harness.stores, userId);
        expect(await ledger().expireHolds({ everyOpen: false })).toBe(0);
        expect(await ledger().expireHolds({ everyOpen: true })).toBe(3);
        expect(await ledger().expireHolds({ everyOpen: true })).toBe(0);
        expect(await balanceOf(userId)).toEqual({ balance: 900, held: 0 });
        await expectSound(harness.stores);
      });
    });

    describe('exchanges', () => {
      test('pages are newest first, end exactly, and stay the same while exchanges are added', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const say = (message: string) => openHold(harness.stores, userId, { message });
        for (const message of ['1', '2', '3', '4', '5', '6']) await say(message);
        const page = (before: string | null) => ledger().exchanges(userId, { limit: 3, before });
        const first = await page(null);
        expect(first.results.map(({ message }) => message)).toEqual(['6', '5', '4']);
        await say('7');
        const second = await page(first.next);
        expect(second.results.map(({ message }) => message)).toEqual(['3', '2', '1']);
        expect(second.next).toBeNull();
        expect(await ledger().exchanges(newId(), { limit: 3, before: null })).toEqual({
          results: [],
          next: null,
        });
      });

      test.each(delicateTexts)('texts are kept byte for byte: %j', async (text) => {
        const userId = await createAccount(harness.stores, 1000);
        const request = { message: text, model: text, idempotencyKey: text };
        const exchange = await openHold(harness.stores, userId, request);
        await ledger().settle({ ...settlementOf(exchange, 1), reply: text });
        expect(await onlyExchange(userId)).toMatchObject({ message: text, model: text, reply: text });
        const repeated = await ledger().reserve(reserveRequest(userId, request));
        expect(repeated).toMatchObject({ outcome: 'key_claimed', exchange: { message: text, reply: text } });
      });

      test('usage is exact up to 2^53 − 1', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const exchange = await openHold(harness.stores, userId);
        const usage = { input: maxCredits, output: 0 };
        await ledger().settle({ ...settlementOf(exchange, 1), usage });
        expect(await onlyExchange(userId)).toMatchObject({ usage });
      });

      test('what is handed out can be changed without changing what is kept', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const request = reserveRequest(userId, { idempotencyKey: 'k' });
        const reserved = await ledger().reserve(request);
        const before = await onlyExchange(userId);
        const repeated = await ledger().reserve(request);
        if (reserved.outcome !== 'reserved' || repeated.outcome !== 'key_claimed') throw new Error('Not so.');
        reserved.createdAt.setTime(0);
        repeated.exchange.held = 0;
        for (const exchange of await allExchanges(harness.stores, userId)) exchange.createdAt.setTime(0);
        expect(await onlyExchange(userId)).toEqual(before);
      });
    });
  });
}
