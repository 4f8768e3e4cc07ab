import { expect } from 'expect';
import {
  allEntries,
  allExchanges,
  createAccount,
  expectSound,
  leaseMs,
  newId,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import { firstPage, nothingStored, wholeContext, type ConversationView } from './view.js';

/** What an erasure of a conversation deletes, and what stays. */
export function erasingSuite({ runner, harness, store, ledger, begin, say, within }: ConversationView): void {
  const { describe, test } = runner;
  describe('erasing', () => {
    test('removes the conversation and its texts, and leaves the ledger and other texts', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const source = { type: 'base64', mediaType: 'image/png', data: 'QUJD' } as const;
      const attachments = [{ type: 'image', source } as const];
      const { conversation, exchange } = await begin(userId, 'T', { requestFingerprint: 'abc', attachments });
      const toolCalls = [{ id: '1', name: 'look', arguments: '{"at": "secrets"}' }];
      await ledger().settle(settlementOf(exchange, 70, { toolCalls, stopSequence: 'a secret' }));
      const other = await begin(userId, 'Other', { message: 'stays' });
      const entries = await allEntries(harness().stores, userId);
      expect(await store().erase(conversation)).toBe(true);
      expect(await store().read(conversation, firstPage)).toBeNull();
      expect(await allExchanges(harness().stores, userId)).toMatchObject([
        { message: 'stays', isErased: false },
        {
          ...{ message: '', reply: '', toolCalls: null, requestFingerprint: null, isErased: true },
          ...{ attachments: null, stopSequence: null },
          ...{ status: 'completed', captured: 70 },
        },
      ]);
      expect(await ledger().attachment(exchange, 0)).toBeNull();
      expect(await allEntries(harness().stores, userId)).toEqual(entries);
      expect(await store().recentExchanges(conversation, wholeContext)).toEqual(nothingStored);
      const { results } = await store().list(userId, firstPage);
      expect(results.map(({ id }) => id)).toEqual([other.conversation.conversationId]);
      expect(await ledger().reserve(within(conversation))).toEqual({ outcome: 'no_such_conversation' });
      await expectSound(harness().stores);
    });

    test('happens once, and not to a conversation of another account', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      expect(await store().erase({ ...conversation, userId: newId() })).toBe(false);
      expect((await store().read(conversation, firstPage))?.exchanges.results).toMatchObject([
        { message: 'Hello' },
      ]);
      const erased = await Promise.all([1, 2, 3].map(() => store().erase(conversation)));
      expect(erased.filter(Boolean)).toHaveLength(1);
    });

    test('a pending exchange ends as usual, and its texts are not stored', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation, exchange } = await begin(userId, 'T', { idempotencyKey: 'k' });
      const failing = await say(conversation, 'will fail');
      await store().erase(conversation);
      expect((await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' }))).outcome).toBe(
        'key_claimed',
      );
      const toolCalls = [{ id: '1', name: 'n', arguments: '{}' }];
      const replyParts = [{ type: 'reasoning', text: 'late', signature: null, isRedacted: false }] as const;
      const settled = await ledger().settle(
        settlementOf(exchange, 60, { reply: 'late', toolCalls, replyParts, stopSequence: 'late' }),
      );
      expect(settled).toMatchObject({ outcome: 'settled', balance: 840 });
      expect(await ledger().release(releaseOf(failing))).toMatchObject({ outcome: 'released' });
      expect(await allExchanges(harness().stores, userId)).toMatchObject([
        { message: '', reply: null, status: 'failed' },
        {
          ...{ message: '', reply: '', toolCalls: null, replyParts: null, stopSequence: null },
          ...{ status: 'completed', captured: 60 },
        },
      ]);
      expect(await harness().stores.creditLedger.balance(userId)).toEqual({ balance: 940, held: 0 });
      await expectSound(harness().stores);
    });

    test('the saved part of a reply is erased as well, and nothing of it is stored afterwards', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation, exchange } = await begin(userId);
      const failed = await say(conversation, 'failed');
      const unsaved = await say(conversation, 'unsaved');
      const partial = {
        reply: 'A secret',
        toolCalls: [{ id: '1', name: 'n', arguments: '{"secret"' }],
        replyParts: [{ type: 'reasoning', text: 'A secret', signature: 'secret', isRedacted: false }],
      } as const;
      for (const each of [exchange, failed]) await ledger().renew(each, leaseMs, partial);
      await ledger().release({ ...releaseOf(failed), partial });
      await store().erase(conversation);
      for (const each of [exchange, unsaved]) {
        expect(await ledger().renew(each, leaseMs, partial)).toBe(true);
        expect(await ledger().exchange(each)).toMatchObject({ toolCalls: null, replyParts: null });
        expect(await ledger().release({ ...releaseOf(each), partial })).toMatchObject({
          outcome: 'released',
        });
      }
      const erased = { message: '', toolCalls: null, replyParts: null, isErased: true, status: 'failed' };
      expect(await allExchanges(harness().stores, userId)).toMatchObject([
        { ...erased, reply: null },
        { ...erased, reply: '' },
        { ...erased, reply: '' },
      ]);
      await expectSound(harness().stores);
    });

    test('leaves no text if it runs in parallel with chats, their ends, renamings and further erasures', async () => {
      const userId = await createAccount(harness().stores, 100_000);
      for (let round = 0; round < 10; round += 1) {
        const { conversation, exchange } = await begin(userId);
        const open = [exchange, await say(conversation, 'a'), await say(conversation, 'b')];
        const chat = async (capture: number) => {
          const request = within(conversation);
          const { outcome } = await ledger().reserve(request);
          if (outcome !== 'reserved') return outcome;
          return (await ledger().settle(settlementOf(request, capture))).outcome;
        };
        const outcomes = await Promise.all([
          ...[chat(1), chat(100), chat(50)],
          store().change(conversation, { title: 'raced' }),
          ...open.map((each, index) => ledger().settle(settlementOf(each, index * 50))),
          store().erase(conversation),
          ...[chat(1), chat(100), chat(50)],
          store().change(conversation, { title: 'raced' }),
          ...open.map((each) => ledger().release(releaseOf(each))),
          store().erase(conversation),
        ]);
        expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
        for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
          expect(['settled', 'no_such_conversation']).toContain(outcome);
        }
      }
      expect((await store().list(userId, firstPage)).results).toEqual([]);
      const exchanges = await allExchanges(harness().stores, userId);
      expect(exchanges.filter(({ message, reply }) => message !== '' || (reply ?? '') !== '')).toEqual([]);
      expect(exchanges.filter(({ holdState }) => holdState === 'open')).toEqual([]);
      await expectSound(harness().stores);
    });

    test('an erased account leaves no title behind', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId, 'Something private');
      await harness().stores.userStore.erase(userId);
      expect((await store().list(userId, firstPage)).results).toEqual([]);
      expect(await store().change(conversation, { title: 'Back' })).toBeNull();
      expect(await store().erase(conversation)).toBe(false);
      expect(await allExchanges(harness().stores, userId)).toMatchObject([{ message: '', isErased: true }]);
    });
  });
}
