import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import {
  allExchanges,
  createAccount,
  delicateTexts,
  newId,
  openActionHold,
  openHold,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** Exchanges are read by pages. */
export function exchangeSuite({ runner, harness, ledger, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('exchanges', () => {
    test('pages are newest first, end exactly, and stay the same while exchanges are added', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const say = (message: string) => openHold(harness().stores, userId, { message });
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

    test('one is read by its account and id, and neither by another account nor if it is no chat', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const stranger = await createAccount(harness().stores, 1000);
      const { exchangeId } = await openHold(harness().stores, userId, { message: 'One' });
      const action = await openActionHold(harness().stores, userId);
      expect(await ledger().exchange({ userId, exchangeId })).toEqual(
        (await allExchanges(harness().stores, userId)).find(({ id }) => id === exchangeId),
      );
      expect(await ledger().exchange({ userId: stranger, exchangeId })).toBeNull();
      expect(await ledger().exchange({ userId, exchangeId: newId() })).toBeNull();
      expect(await ledger().exchange({ userId, exchangeId: action.exchangeId })).toBeNull();
    });

    for (const text of delicateTexts) {
      test(`texts are stored byte for byte: ${JSON.stringify(text)}`, async () => {
        const userId = await createAccount(harness().stores, 1000);
        const request = { message: text, model: text, idempotencyKey: text };
        const exchange = await openHold(harness().stores, userId, request);
        await ledger().settle(settlementOf(exchange, 1, { reply: text }));
        expect(await onlyExchange(userId)).toMatchObject({ message: text, model: text, reply: text });
        const repeated = await ledger().reserve(reserveRequest(userId, request));
        expect(repeated).toMatchObject({ outcome: 'key_claimed', exchange: { message: text, reply: text } });
      });
    }

    for (const price of [{ perMessage: 7 }, { per1kInput: 0, per1kOutput: 150 }]) {
      test(`the price ${JSON.stringify(price)} is stored as it was at the reservation`, async () => {
        const userId = await createAccount(harness().stores, 1000);
        await openHold(harness().stores, userId, { price });
        expect(await onlyExchange(userId)).toMatchObject({ price });
      });
    }

    test('the model that replied, the finish reason and the tool calls are stored', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      const toolCalls = delicateTexts.map((text) => ({ id: text, name: text, arguments: text }));
      const reported = { repliedBy: 'fallback', finishReason: 'tool_calls', toolCalls } as const;
      await ledger().settle(settlementOf(exchange, 1, { reply: '', ...reported }));
      expect(await onlyExchange(userId)).toMatchObject({ ...reported, model: 'echo' });
    });

    test('usage is exact up to 2^53 − 1', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      const usage = {
        ...{ input: maxCredits, cachedInput: maxCredits, cacheWrite: 0 },
        ...{ output: maxCredits, reasoning: maxCredits - 1 },
      };
      await ledger().settle(settlementOf(exchange, 1, { usage }));
      expect(await onlyExchange(userId)).toMatchObject({ usage });
    });

    test('a caller who changes a returned exchange does not change the stored one', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const request = reserveRequest(userId, { idempotencyKey: 'k' });
      const reserved = await ledger().reserve(request);
      const before = await onlyExchange(userId);
      const repeated = await ledger().reserve(request);
      if (reserved.outcome !== 'reserved' || repeated.outcome !== 'key_claimed') throw new Error('Not so.');
      reserved.createdAt.setTime(0);
      repeated.exchange.held = 0;
      for (const exchange of await allExchanges(harness().stores, userId)) exchange.createdAt.setTime(0);
      expect(await onlyExchange(userId)).toEqual(before);
    });
  });
}
