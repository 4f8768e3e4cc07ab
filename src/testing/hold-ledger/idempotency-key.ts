import { expect } from 'expect';
import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import type { ExchangeReference } from '../../ports/hold-ledger.js';
import {
  countOutcomes,
  createAccount,
  expectSound,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import { newCap } from '../caps/new-cap.js';
import type { HoldLedgerView } from './view.js';

/** An idempotency key belongs to one exchange. */
export function idempotencyKeySuite({
  runner,
  harness,
  ledger,
  balanceOf,
  onlyExchange,
}: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('idempotency key', () => {
    test('of 50 requests with one key at once, one is reserved and the others get its exchange', async () => {
      const userId = await createAccount(harness().stores, 100_000);
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' }))),
      );
      const exchange = await onlyExchange(userId);
      expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(1);
      const claimed = outcomes.filter((each) => each.outcome === 'key_claimed');
      expect(claimed).toHaveLength(49);
      for (const each of claimed) expect(each.exchange.id).toBe(exchange.id);
      expect(await balanceOf(userId)).toEqual({ balance: 99_900, held: 100 });
      await expectSound(harness().stores);
    });

    test('of 50 requests with one key at once and credits for one, the others get the claim, not a lack of credits', async () => {
      const userId = await createAccount(harness().stores, 100);
      const counts = await countOutcomes(50, () =>
        ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' })),
      );
      expect(counts).toEqual({ reserved: 1, key_claimed: 49 });
      await expectSound(harness().stores);
    });

    test('a claimed key returns the settled exchange with its reply and charge', async () => {
      const userId = await createAccount(harness().stores, 100);
      const exchange = await openHold(harness().stores, userId, { idempotencyKey: 'k' });
      await ledger().settle(settlementOf(exchange, 70));
      const repeated = await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k', hold: 500 }));
      expect(repeated).toEqual({ outcome: 'key_claimed', exchange: await onlyExchange(userId) });
      expect(repeated).toMatchObject({ exchange: { reply: 'Hello back', captured: 70, balanceAfter: 30 } });
    });

    test('a key belongs to one account', async () => {
      const [first, second] = [
        await createAccount(harness().stores, 100),
        await createAccount(harness().stores, 100),
      ];
      await openHold(harness().stores, first, { idempotencyKey: 'k' });
      await openHold(harness().stores, second, { idempotencyKey: 'k' });
    });

    test('a key is free after a release, an expiry, and a rejected reservation', async () => {
      const userId = await createAccount(harness().stores, 100);
      const request = () => reserveRequest(userId, { idempotencyKey: 'k' });
      expect((await ledger().reserve({ ...request(), hold: 101 })).outcome).toBe('insufficient');
      const released = await openHold(harness().stores, userId, request());
      await ledger().release(releaseOf(released));
      await openHold(harness().stores, userId, { ...request(), leaseMs: 1000 });
      await harness().advance(1000);
      await ledger().expireHolds({ everyOpen: false });
      await openHold(harness().stores, userId, request());
      expect((await ledger().reserve(request())).outcome).toBe('key_claimed');
      await expectSound(harness().stores);
    });

    test('a key is free 24 hours after its claim, and not before', async () => {
      const userId = await createAccount(harness().stores, 300);
      const request = () => reserveRequest(userId, { idempotencyKey: 'k' });
      const exchange = await openHold(harness().stores, userId, request());
      await ledger().settle(settlementOf(exchange, 100));
      await harness().advance(idempotencyKeyTtlMs - 60_000);
      expect((await ledger().reserve(request())).outcome).toBe('key_claimed');
      await harness().advance(60_000);
      const counts = await countOutcomes(20, () => ledger().reserve(request()));
      expect(counts).toEqual({ reserved: 1, key_claimed: 19 });
      await expectSound(harness().stores);
    });

    test('a request that is rejected does not free the key of an earlier one, however old', async () => {
      await harness().advance(idempotencyKeyTtlMs);
      await ledger().forgetOldKeys();
      const { stores } = harness();
      const userId = await createAccount(stores, 1000);
      const request = () => reserveRequest(userId, { idempotencyKey: 'old', hold: 100 });
      await openHold(stores, userId, { ...request(), leaseMs: 2 * idempotencyKeyTtlMs });
      await harness().advance(idempotencyKeyTtlMs);
      const rejected = await ledger().reserve({ ...request(), hold: 1001 });
      expect(rejected.outcome).toBe('insufficient');
      await stores.capStore.set(newCap(userId, { limit: 0, window: 'hour' }));
      for (let time = 0; time < 2; time += 1)
        expect((await ledger().reserve(request())).outcome).toBe('cap_reached');
      expect(await ledger().forgetOldKeys()).toBe(1);
      await expectSound(stores);
    });

    test('old keys are freed after 24 hours, and others are not', async () => {
      await harness().advance(idempotencyKeyTtlMs);
      await ledger().forgetOldKeys();
      const userId = await createAccount(harness().stores, 1000);
      await openHold(harness().stores, userId, { idempotencyKey: 'old' });
      await openHold(harness().stores, userId, { idempotencyKey: 'older' });
      await harness().advance(idempotencyKeyTtlMs - 60_000);
      await openHold(harness().stores, userId, { idempotencyKey: 'young' });
      expect(await ledger().forgetOldKeys()).toBe(0);
      await harness().advance(60_000);
      const forgotten = await Promise.all(Array.from({ length: 5 }, () => ledger().forgetOldKeys()));
      expect(forgotten.reduce((total, count) => total + count)).toBe(2);
      await openHold(harness().stores, userId, { idempotencyKey: 'old' });
      const young = await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'young' }));
      expect(young.outcome).toBe('key_claimed');
      await expectSound(harness().stores);
    });

    // Between the end of one exchange and the next claim, the key may be free.
    for (const given of [
      { credits: 100, ending: 'a release' as const },
      { credits: 100_000, ending: 'a release' as const },
      { credits: 100_000, ending: 'a partial charge' as const },
    ]) {
      test(`many requests with one key and ${given.credits} credits, raced with ${given.ending}, all get an outcome`, async () => {
        const userId = await createAccount(harness().stores, given.credits);
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
        expect(await balanceOf(userId)).toMatchObject({ held: 0 });
        await expectSound(harness().stores);
      });
    }
  });
}
