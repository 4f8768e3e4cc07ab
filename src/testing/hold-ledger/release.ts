import { expect } from 'expect';
import {
  allEntries,
  allExchanges,
  countOutcomes,
  createAccount,
  expectSound,
  leaseMs,
  openHold,
  releaseOf,
  settlementOf,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** A release ends a hold without a charge. */
export function releasingSuite({ runner, harness, ledger, balanceOf, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('release', () => {
    test('returns all of the hold, once', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      const counts = await countOutcomes(20, () => ledger().release(releaseOf(exchange)));
      expect(counts).toEqual({ released: 1, already_final: 19 });
      expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
      expect(await onlyExchange(userId)).toMatchObject({
        ...{ status: 'failed', holdState: 'released', captured: null, reply: null, balanceAfter: null },
      });
      expect(await allEntries(harness().stores, userId)).toHaveLength(1);
      expect(await ledger().settle(settlementOf(exchange, 1))).toEqual({ outcome: 'already_final' });
      expect(await ledger().renew(exchange, leaseMs)).toBe(false);
      await expectSound(harness().stores);
    });

    test('can cancel an exchange', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      await ledger().release({ exchange, status: 'cancelled', failure: null });
      expect(await onlyExchange(userId)).toMatchObject({ status: 'cancelled', holdState: 'released' });
    });

    test('stores the reply so far', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      const partial = {
        reply: 'Half a',
        toolCalls: [{ id: '1', name: 'look', arguments: '{"at' }],
        replyParts: [{ type: 'reasoning', text: 'Hm.', signature: 'c2ln', isRedacted: false }],
      } as const;
      await ledger().release({ ...releaseOf(exchange), partial });
      expect(await onlyExchange(userId)).toMatchObject({
        ...{ status: 'failed', holdState: 'released', captured: null, repliedBy: null },
        ...partial,
      });
      expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
      await expectSound(harness().stores);
    });

    test('keeps what was saved last, unless it has another reply', async () => {
      const userId = await createAccount(harness().stores, 250);
      const saved = {
        reply: 'Once',
        toolCalls: [{ id: '1', name: 'look', arguments: '{}' }],
        replyParts: [{ type: 'reasoning', text: 'Hm.', signature: null, isRedacted: false }],
      } as const;
      const without = { toolCalls: null, replyParts: null };
      for (const [partial, kept] of [
        [undefined, saved],
        [null, saved],
        [
          { reply: '', toolCalls: null },
          { reply: '', ...without },
        ],
        [
          { reply: 'Once upon', ...without },
          { reply: 'Once upon', ...without },
        ],
      ] as const) {
        const exchange = await openHold(harness().stores, userId);
        await ledger().renew(exchange, leaseMs, saved);
        await ledger().release({ ...releaseOf(exchange), ...(partial === undefined ? {} : { partial }) });
        const [latest] = await allExchanges(harness().stores, userId);
        expect(latest).toMatchObject({ id: exchange.exchangeId, status: 'failed', ...kept });
      }
      await expectSound(harness().stores);
    });

    test('does not change a reply that was charged', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      await ledger().settle(settlementOf(exchange, 100));
      const partial = { reply: 'Half a', toolCalls: null };
      expect(await ledger().release({ ...releaseOf(exchange), partial })).toEqual({
        outcome: 'already_final',
      });
      expect(await ledger().renew(exchange, leaseMs, partial)).toBe(false);
      expect(await onlyExchange(userId)).toMatchObject({ status: 'completed', reply: 'Hello back' });
    });

    test('does not undo a charge', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      await ledger().settle(settlementOf(exchange, 100));
      expect(await ledger().release(releaseOf(exchange))).toEqual({ outcome: 'already_final' });
      expect(await balanceOf(userId)).toEqual({ balance: 150, held: 0 });
    });
  });
}
