import { expect } from 'expect';
import {
  createAccount,
  delicateTexts,
  expectSound,
  leaseMs,
  openActionHold,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** Holds end at their deadline. */
export function deadlineSuite({ runner, harness, ledger, balanceOf, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('deadlines', () => {
    test('a renewal moves the deadline, counted from now', async () => {
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

    test('a renewal saves the reply so far, and a later one replaces it', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId, { idempotencyKey: 'k' });
      const toolCalls = [{ id: '1', name: 'look', arguments: '{"at' }];
      expect(await ledger().renew(exchange, leaseMs, { reply: 'Once', toolCalls })).toBe(true);
      expect(await ledger().renew(exchange, leaseMs)).toBe(true);
      const saved = { status: 'pending', holdState: 'open', captured: null, reply: 'Once', toolCalls };
      expect(await onlyExchange(userId)).toMatchObject(saved);
      const repeated = await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' }));
      expect(repeated).toMatchObject({ outcome: 'key_claimed', exchange: saved });
      expect(await ledger().renew(exchange, leaseMs, { reply: 'Once upon', toolCalls: null })).toBe(true);
      expect(await onlyExchange(userId)).toMatchObject({ reply: 'Once upon', toolCalls: null });
      expect(await balanceOf(userId)).toEqual({ balance: 150, held: 100 });
      await ledger().settle(settlementOf(exchange, 100));
      expect(await onlyExchange(userId)).toMatchObject({ status: 'completed', reply: 'Hello back' });
      await expectSound(harness().stores);
    });

    test('a saved reply remains when its hold expires, and nothing is saved after that', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId, { leaseMs: 1000 });
      const saved = {
        reply: 'Once',
        toolCalls: [{ id: '1', name: 'look', arguments: '{"at' }],
        replyParts: [{ type: 'reasoning', text: 'Hm.', signature: null, isRedacted: false }],
      } as const;
      await ledger().renew(exchange, 1000, saved);
      await harness().advance(1000);
      const late = { reply: 'Too late', toolCalls: null, replyParts: null };
      expect(await ledger().renew(exchange, leaseMs, late)).toBe(false);
      await ledger().expireHolds({ everyOpen: false });
      const expired = { status: 'failed', holdState: 'expired', captured: null, ...saved };
      expect(await onlyExchange(userId)).toMatchObject(expired);
      expect(await ledger().renew(exchange, leaseMs, late)).toBe(false);
      expect(await ledger().release({ ...releaseOf(exchange), partial: late })).toMatchObject({
        outcome: 'already_final',
      });
      expect(await onlyExchange(userId)).toMatchObject(expired);
      await expectSound(harness().stores);
    });

    for (const text of delicateTexts) {
      test(`a saved reply is stored byte for byte: ${JSON.stringify(text)}`, async () => {
        const userId = await createAccount(harness().stores, 250);
        const exchange = await openHold(harness().stores, userId);
        const partial = { reply: text, toolCalls: [{ id: text, name: text, arguments: text }] };
        await ledger().renew(exchange, leaseMs, partial);
        expect(await onlyExchange(userId)).toMatchObject(partial);
        await ledger().release({ ...releaseOf(exchange), partial });
        expect(await onlyExchange(userId)).toMatchObject(partial);
      });
    }

    test('expiry ends the holds past their deadline and leaves the others open', async () => {
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

    test('a starting process ends every open hold of a chat, and no ended one', async () => {
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

    test('a starting process leaves the holds of other actions open until their deadline', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const hold = await openActionHold(harness().stores, userId, { hold: 100, leaseMs: 60_000 });
      await ledger().expireHolds({ everyOpen: true });
      expect(await balanceOf(userId)).toEqual({ balance: 900, held: 100 });
      await harness().advance(60_000);
      expect((await ledger().find(hold.exchangeId))?.holdState).toBe('open');
      await ledger().expireHolds({ everyOpen: true });
      expect((await ledger().find(hold.exchangeId))?.holdState).toBe('expired');
      expect(await balanceOf(userId)).toEqual({ balance: 1000, held: 0 });
      await expectSound(harness().stores);
    });
  });
}
