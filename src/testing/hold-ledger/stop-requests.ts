import { expect } from 'expect';
import { createAccount, delicateTexts, newId, openHold, releaseOf, settlementOf } from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** Replies are asked to stop; a chat is read by its id; parts and attachments are stored. */
export function stopRequestSuite({ runner, harness, ledger, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('stop requests', () => {
    test('are seen for exactly the open chats that they name', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const [stopped, other, ended] = [
        await openHold(harness().stores, userId),
        await openHold(harness().stores, userId),
        await openHold(harness().stores, userId),
      ];
      await ledger().settle(settlementOf(ended, 1));
      await ledger().requestStop(stopped);
      await ledger().requestStop(stopped);
      await ledger().requestStop(ended);
      await ledger().requestStop({ ...other, userId: newId() });
      expect(await ledger().stopRequests([stopped, other, ended])).toEqual([stopped.exchangeId]);
      expect(await ledger().stopRequests([other])).toEqual([]);
      expect(await ledger().stopRequests([{ ...stopped, userId: newId() }])).toEqual([]);
      expect(await ledger().stopRequests([])).toEqual([]);
    });

    test('change neither the hold nor the reply', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      const before = await onlyExchange(userId);
      await ledger().requestStop(exchange);
      expect(await onlyExchange(userId)).toEqual(before);
      expect(await ledger().settle(settlementOf(exchange, 1))).toMatchObject({ outcome: 'settled' });
    });
  });

  describe('one chat', () => {
    test('is read by its account only, with the code of its failure', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      expect(await ledger().exchange(exchange)).toEqual(await onlyExchange(userId));
      await ledger().release(releaseOf(exchange));
      expect(await ledger().exchange(exchange)).toMatchObject({
        status: 'failed',
        failure: 'provider_failed',
      });
      expect(await ledger().exchange({ ...exchange, userId: newId() })).toBeNull();
      expect(await ledger().exchange({ userId, exchangeId: newId() })).toBeNull();
    });

    test('has the stop sequence of its reply, and the models that failed', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      const details = { stopSequence: '\n\nEND ä', failedModels: ['first', 'sécond'] };
      await ledger().settle(settlementOf(exchange, 1, details));
      expect(await ledger().exchange(exchange)).toMatchObject(details);
      const failed = await openHold(harness().stores, userId);
      await ledger().release({ ...releaseOf(failed), failedModels: ['first'] });
      expect(await ledger().exchange(failed)).toMatchObject({ failedModels: ['first'], stopSequence: null });
    });

    test('has its attachments and the parts of its reply, byte for byte and in their order', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const attachments = [
        {
          type: 'image',
          source: { type: 'base64', mediaType: 'image/png', data: 'iVBORw==' },
          detail: 'low',
        },
        { type: 'file', source: { type: 'url', url: 'https://example.com/a.pdf' }, name: 'ä.pdf' },
      ] as const;
      const exchange = await openHold(harness().stores, userId, { attachments });
      const summaries = [
        { type: 'image', name: null, mediaType: 'image/png', bytes: 4, url: null },
        { type: 'file', name: 'ä.pdf', mediaType: null, bytes: null, url: 'https://example.com/a.pdf' },
      ];
      expect(await onlyExchange(userId)).toMatchObject({ attachments: summaries, replyParts: null });
      const [image, file] = attachments;
      expect(await ledger().attachment(exchange, 0)).toEqual(image);
      expect(await ledger().attachment(exchange, 1)).toEqual(file);
      expect(await ledger().attachment(exchange, 2)).toBeNull();
      expect(await ledger().attachment({ ...exchange, userId: newId() }, 0)).toBeNull();
      expect(await ledger().attachment({ userId, exchangeId: newId() }, 0)).toBeNull();
      const parts = delicateTexts.flatMap((text) => [
        { type: 'reasoning' as const, text, signature: text, isRedacted: false },
        { type: 'text' as const, text },
        { type: 'tool_call' as const, id: text, name: text, arguments: text },
      ]);
      const partial = { reply: 'a', toolCalls: null, replyParts: parts.slice(0, 2) };
      await ledger().renew(exchange, 60_000, partial);
      expect(await ledger().exchange(exchange)).toMatchObject({ replyParts: parts.slice(0, 2) });
      await ledger().settle(settlementOf(exchange, 1, { replyParts: parts }));
      expect(await onlyExchange(userId)).toMatchObject({ attachments: summaries, replyParts: parts });
      expect(await ledger().attachment(exchange, 0)).toEqual(image);
    });

    test('has its own attachments and parts if chats of many accounts begin and end at once', async () => {
      const words = Array.from({ length: 10 }, (_, index) => `${delicateTexts[index] ?? ''}${index}`);
      const accounts = [];
      for (const text of words) accounts.push({ text, userId: await createAccount(harness().stores, 1000) });
      const attachmentsOf = (url: string) => [
        { type: 'image' as const, source: { type: 'url' as const, url } },
      ];
      const chats = await Promise.all(
        accounts.map(async ({ text, userId }) => ({
          text,
          exchange: await openHold(harness().stores, userId, { attachments: attachmentsOf(text) }),
        })),
      );
      const partsOf = (text: string) => [
        { type: 'reasoning' as const, text, signature: text, isRedacted: true },
        { type: 'text' as const, text },
      ];
      await Promise.all(
        chats.map(({ text, exchange }) =>
          ledger().settle(settlementOf(exchange, 100, { reply: text, replyParts: partsOf(text) })),
        ),
      );
      for (const { text, exchange } of chats) {
        expect(await ledger().exchange(exchange)).toMatchObject({
          ...{ status: 'completed', reply: text, replyParts: partsOf(text) },
        });
        expect([await ledger().attachment(exchange, 0)]).toEqual(attachmentsOf(text));
      }
    });
  });
}
