import { expect } from 'expect';
import { createAccount, expectSound, leaseMs, openHold, releaseOf, settlementOf } from '../accounts.js';
import type { ChatLedgerView } from './view.js';

/** How holds outlive nobody. */
export function deadlineSuite({ runner, harness, ledger, balanceOf, onlyExchange }: ChatLedgerView): void {
  const { describe, test } = runner;
  describe('deadlines', () => {
    test('renewing moves the deadline, counted from now', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId, { leaseMs: 120_000 });
      await harness().advance(60_000);
      expect(await ledger().renew(exchange, 120_000)).toBe(true);
      await harness().advance(60_000);
      await ledger().expireHolds({ everyOpen: false });
      expect((await onlyExchange(userId)).holdState).toBe('open');
      await harness().advance(60_000);
      expect(await ledger().renew(exchange, leaseMs)).toBe(false);
      await ledger().expireHolds({ everyOpen: false });
      expect(await onlyExchange(userId)).toMatchObject({ holdState: 'expired', status: 'failed' });
      expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
      await expectSound(harness().stores);
    });

    test('expiring ends the holds past their deadline and leaves the others', async () => {
      await ledger().expireHolds({ everyOpen: true });
      const userId = await createAccount(harness().stores, 1000);
      const dead = await openHold(harness().stores, userId, { leaseMs: 1000, idempotencyKey: 'dead' });
      const living = await openHold(harness().stores, userId);
      await harness().advance(1000);
      const expired = await Promise.all(
        Array.from({ length: 5 }, () => ledger().expireHolds({ everyOpen: false })),
      );
      expect(expired.reduce((total, count) => total + count)).toBe(1);
      expect(await balanceOf(userId)).toEqual({ balance: 900, held: 100 });
      expect(await ledger().settle(settlementOf(dead, 1))).toEqual({ outcome: 'already_final' });
      expect(await ledger().release(releaseOf(dead))).toEqual({ outcome: 'already_final' });
      expect((await ledger().settle(settlementOf(living, 100))).outcome).toBe('settled');
      await expectSound(harness().stores);
    });

    test('a starting process ends every open hold, and no other', async () => {
      await ledger().expireHolds({ everyOpen: true });
      const userId = await createAccount(harness().stores, 1000);
      const settled = await openHold(harness().stores, userId);
      await ledger().settle(settlementOf(settled, 100));
      for (let index = 0; index < 3; index += 1) await openHold(harness().stores, userId);
      expect(await ledger().expireHolds({ everyOpen: false })).toBe(0);
      expect(await ledger().expireHolds({ everyOpen: true })).toBe(3);
      expect(await ledger().expireHolds({ everyOpen: true })).toBe(0);
      expect(await balanceOf(userId)).toEqual({ balance: 900, held: 0 });
      await expectSound(harness().stores);
    });
  });
}
