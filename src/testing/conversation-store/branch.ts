import { expect } from 'expect';
import type { BranchPlace } from '../../domain/chat/branch.js';
import type { ConversationReference } from '../../ports/conversation-store.js';
import type { ExchangeReference } from '../../ports/hold-ledger.js';
import { createAccount, expectSound, newId, releaseOf, reserveRequest } from '../accounts.js';
import { firstPage, nothingStored, wholeContext, type ConversationView } from './view.js';

/** Exchanges that follow another one than the one before them in time. */
export function branchingSuite({
  runner,
  harness,
  store,
  ledger,
  begin,
  say,
  settle,
}: ConversationView): void {
  const { describe, test } = runner;

  /** Sends a message after an exchange, or after none, and completes it. */
  const reply = async (
    { userId, conversationId }: ConversationReference,
    message: string,
    after: ExchangeReference | 'none' | null,
  ): Promise<ExchangeReference> => {
    const exchangeId = newId();
    const afterId = after === 'none' ? exchangeId : (after?.exchangeId ?? null);
    const placed = { exchangeId, message, conversation: { id: conversationId, title: null, afterId } };
    const request = reserveRequest(userId, placed);
    expect((await ledger().reserve(request)).outcome).toBe('reserved');
    const exchange = { userId, exchangeId };
    await settle(exchange, `re: ${message}`);
    return exchange;
  };
  const messagesBefore = async (conversation: ConversationReference, place: BranchPlace | null) =>
    (await store().recentExchanges(conversation, wholeContext, place))?.exchanges.map(
      ({ message }) => message,
    );

  describe('branching', () => {
    test('the context of a message has the exchanges on the way to what it follows, and no others', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation, exchange: first } = await begin(userId, 'T', { message: '1' });
      await settle(first, 're: 1');
      const second = await reply(conversation, '2', null);
      const third = await reply(conversation, '3', null);
      const other = await reply(conversation, '2 again', first);
      const after = await reply(conversation, 'after it', other);
      const root = await reply(conversation, '1 again', 'none');
      const later = await reply(conversation, 'later', null);
      const paths: [BranchPlace | null, string[]][] = [
        [null, ['1 again', 'later']],
        [{ afterId: third.exchangeId }, ['1', '2', '3']],
        [{ afterId: after.exchangeId }, ['1', '2 again', 'after it']],
        [{ afterId: later.exchangeId }, ['1 again', 'later']],
        [{ replacesId: third.exchangeId }, ['1', '2']],
        [{ replacesId: second.exchangeId }, ['1']],
        [{ replacesId: other.exchangeId }, ['1']],
        [{ replacesId: after.exchangeId }, ['1', '2 again']],
        [{ replacesId: first.exchangeId }, []],
        [{ replacesId: root.exchangeId }, []],
        [{ replacesId: later.exchangeId }, ['1 again']],
      ];
      for (const [place, messages] of paths) {
        expect([place, await messagesBefore(conversation, place)]).toEqual([place, messages]);
      }
      const two = await store().recentExchanges(
        conversation,
        { ...wholeContext, maxExchanges: 2 },
        { afterId: third.exchangeId },
      );
      expect(two?.exchanges.map(({ message }) => message)).toEqual(['2', '3']);
      const short = await store().recentExchanges(
        conversation,
        { ...wholeContext, maxChars: 12 },
        { afterId: third.exchangeId },
      );
      expect(short?.exchanges.map(({ message }) => message)).toEqual(['2', '3']);
      await expectSound(harness().stores);
    });

    test('what a message follows is read with its context, and stored with it', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation, exchange: first } = await begin(userId, 'T', { message: '1' });
      const second = await say(conversation, '2');
      const parent = async (place: BranchPlace | null) =>
        (await store().recentExchanges(conversation, wholeContext, place))?.parent;
      expect(await parent(null)).toBeNull();
      expect(await parent({ afterId: second.exchangeId })).toEqual({ afterId: second.exchangeId });
      expect(await parent({ replacesId: second.exchangeId })).toEqual({ afterId: first.exchangeId });
      expect(await parent({ replacesId: first.exchangeId })).toEqual({ afterId: null });
      expect((await store().read(conversation, firstPage))?.conversation.hasBranches).toBe(false);
      const other = await reply(conversation, '2 again', first);
      const root = await reply(conversation, '1 again', 'none');
      const read = await store().read(conversation, firstPage);
      expect(read?.conversation.hasBranches).toBe(true);
      expect(read?.exchanges.results.map(({ message, afterId }) => [message, afterId])).toEqual([
        ['1 again', root.exchangeId],
        ['2 again', first.exchangeId],
        ['2', null],
        ['1', null],
      ]);
      expect(await parent({ replacesId: other.exchangeId })).toEqual({ afterId: first.exchangeId });
      expect(await parent({ replacesId: root.exchangeId })).toEqual({ afterId: null });
    });

    test('failed exchanges hold their place and are not read', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation, exchange: first } = await begin(userId, 'T', { message: '1' });
      await settle(first, 're: 1');
      await reply(conversation, '2', null);
      const exchangeId = newId();
      const placed = { id: conversation.conversationId, title: null, afterId: first.exchangeId };
      await ledger().reserve(reserveRequest(userId, { exchangeId, message: 'fails', conversation: placed }));
      await ledger().release(releaseOf({ userId, exchangeId }));
      expect(await messagesBefore(conversation, null)).toEqual(['1']);
      await reply(conversation, 'next', null);
      expect(await messagesBefore(conversation, null)).toEqual(['1', 'next']);
    });

    test('an exchange of another conversation, of another account, or of none is not found', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation, exchange } = await begin(userId);
      const { exchange: elsewhere } = await begin(userId);
      const theirs = await begin(await createAccount(harness().stores, 1000));
      const found = (reference: ConversationReference, place: BranchPlace) =>
        store().recentExchanges(reference, wholeContext, place);
      for (const id of [elsewhere.exchangeId, theirs.exchange.exchangeId, newId()]) {
        expect(await found(conversation, { afterId: id })).toBeNull();
        expect(await found(conversation, { replacesId: id })).toBeNull();
      }
      expect(
        await found({ ...theirs.conversation, userId }, { afterId: theirs.exchange.exchangeId }),
      ).toBeNull();
      await store().erase(conversation);
      expect(await found(conversation, { afterId: exchange.exchangeId })).toBeNull();
      expect(await store().recentExchanges(conversation, wholeContext)).toEqual(nothingStored);
    });

    test('messages that replace one at the same time are all kept beside it', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation, exchange: first } = await begin(userId, 'T', { message: '1' });
      await settle(first, 're: 1');
      const second = await reply(conversation, '2', null);
      const again = await Promise.all(['a', 'b', 'c'].map((message) => reply(conversation, message, first)));
      for (const exchange of [second, ...again]) {
        const place = { replacesId: exchange.exchangeId };
        expect(await messagesBefore(conversation, place)).toEqual(['1']);
      }
      const read = await store().read(conversation, firstPage);
      expect(read?.exchanges.results.filter(({ afterId }) => afterId === first.exchangeId)).toHaveLength(3);
      await expectSound(harness().stores);
    });
  });
}
