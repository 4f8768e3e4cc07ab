import { expect } from 'expect';
import {
  allEntries,
  allExchanges,
  countOutcomes,
  createAccount,
  expectSound,
  newId,
  openHold,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** A reservation holds credits for an exchange. */
export function reservingSuite({ runner, harness, ledger, balanceOf, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('reserve', () => {
    test('holds the price and records the pending exchange', async () => {
      const userId = await createAccount(harness().stores, 250);
      const request = reserveRequest(userId, {
        conversation: { id: newId(), title: 'What?' },
        message: 'What?',
        requestFingerprint: 'abc',
      });
      const reserved = await ledger().reserve(request);
      expect(reserved).toMatchObject({ outcome: 'reserved', balance: 150 });
      expect(await balanceOf(userId)).toEqual({ balance: 150, held: 100 });
      const exchange = await onlyExchange(userId);
      expect(exchange).toEqual({
        id: request.exchangeId,
        userId,
        action: 'chat',
        keyId: null,
        conversationId: request.chat.conversation?.id,
        beginsConversation: true,
        afterId: null,
        model: 'echo',
        repliedBy: null,
        message: 'What?',
        reply: null,
        attachments: null,
        failure: null,
        failedModels: null,
        toolCalls: null,
        replyParts: null,
        finishReason: null,
        stopSequence: null,
        status: 'pending',
        price: { perMessage: 100 },
        held: 100,
        holdState: 'open',
        captured: null,
        taken: 0,
        uncollected: 0,
        units: null,
        details: null,
        balanceAfter: null,
        usage: null,
        requestFingerprint: 'abc',
        endKey: null,
        isErased: false,
        createdAt: reserved.outcome === 'reserved' ? reserved.createdAt : null,
      });
      expect(await allEntries(harness().stores, userId)).toHaveLength(1);
      await expectSound(harness().stores);
    });

    test('can hold the last credit, and not one more', async () => {
      const userId = await createAccount(harness().stores, 100);
      const reserved = await ledger().reserve(reserveRequest(userId, { hold: 101 }));
      expect(reserved).toEqual({ outcome: 'insufficient', balance: 100 });
      expect(await allExchanges(harness().stores, userId)).toEqual([]);
      await openHold(harness().stores, userId, { hold: 100 });
      expect(await ledger().reserve(reserveRequest(userId, { hold: 1 }))).toEqual({
        outcome: 'insufficient',
        balance: 0,
      });
      await expectSound(harness().stores);
    });

    test('holds nothing for an exchange that is free', async () => {
      const userId = await createAccount(harness().stores, 0);
      const exchange = await openHold(harness().stores, userId, { hold: 0 });
      expect(await ledger().settle(settlementOf(exchange, 0))).toMatchObject({
        outcome: 'settled',
        balance: 0,
      });
      const [charge] = await allEntries(harness().stores, userId);
      expect(charge).toMatchObject({ kind: 'charge', amount: 0, balanceAfter: 0 });
      await expectSound(harness().stores);
    });

    test('reports an account that does not exist before anything else', async () => {
      for (const hold of [0, 100]) {
        const reserved = await ledger().reserve(reserveRequest(newId(), { hold }));
        const within = { conversation: { id: newId(), title: null }, idempotencyKey: 'key' };
        expect(await ledger().reserve(reserveRequest(newId(), { hold, ...within }))).toEqual(reserved);
        expect(reserved).toEqual({ outcome: 'no_such_user' });
      }
    });

    for (const hold of [-1, 1.5, Number.NaN]) {
      test(`rejects a hold of ${hold}`, async () => {
        const userId = await createAccount(harness().stores, 100);
        await expect(ledger().reserve(reserveRequest(userId, { hold }))).rejects.toThrow();
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
        expect(await allExchanges(harness().stores, userId)).toEqual([]);
      });
    }

    test('accepts an exchange id once', async () => {
      const userId = await createAccount(harness().stores, 500);
      const request = reserveRequest(userId);
      await ledger().reserve(request);
      await expect(ledger().reserve(request)).rejects.toThrow();
      expect(await balanceOf(userId)).toEqual({ balance: 400, held: 100 });
      await expectSound(harness().stores);
    });

    test('of 200 at once on a balance for 37, exactly 37 are reserved', async () => {
      const userId = await createAccount(harness().stores, 3799);
      const counts = await countOutcomes(200, () => ledger().reserve(reserveRequest(userId)));
      expect(counts).toEqual({ reserved: 37, insufficient: 163 });
      expect(await balanceOf(userId)).toEqual({ balance: 99, held: 3700 });
      expect(await allExchanges(harness().stores, userId)).toHaveLength(37);
      await expectSound(harness().stores);
    });
  });
}
