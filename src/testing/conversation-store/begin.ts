import { expect } from 'expect';
import { allExchanges, createAccount, expectSound, newId, openHold, reserveRequest } from '../accounts.js';
import { firstPage, type ConversationView } from './view.js';

/** Conversations begin with an exchange, and take further ones. */
export function beginningSuite({
  runner,
  harness,
  store,
  ledger,
  begin,
  say,
  within,
}: ConversationView): void {
  const { describe, test } = runner;
  describe('beginning', () => {
    test('a conversation begins with its first exchange, and takes further ones', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId, 'First words');
      await say(conversation, 'Second words');
      const found = await store().read(conversation, firstPage);
      expect(found?.conversation).toMatchObject({ userId, title: 'First words' });
      expect(found?.exchanges.results).toMatchObject([
        { message: 'Second words', conversationId: conversation.conversationId, beginsConversation: false },
        { message: 'Hello', conversationId: conversation.conversationId, beginsConversation: true },
      ]);
      await expectSound(harness().stores);
    });

    test('none begins if a lack of credits or an idempotency key rejects the exchange', async () => {
      const userId = await createAccount(harness().stores, 100);
      await begin(userId, 'The first', { idempotencyKey: 'k' });
      const another = { conversation: { id: newId(), title: 'Another' } };
      const claimed = await ledger().reserve(reserveRequest(userId, { ...another, idempotencyKey: 'k' }));
      expect(claimed.outcome).toBe('key_claimed');
      expect((await ledger().reserve(reserveRequest(userId, another))).outcome).toBe('insufficient');
      expect((await store().list(userId, firstPage)).results).toHaveLength(1);
    });

    test('an exchange cannot be added to a conversation that does not exist or belongs to another account', async () => {
      const [mine, theirs] = [
        await createAccount(harness().stores, 100),
        await createAccount(harness().stores, 100),
      ];
      const { conversation } = await begin(theirs);
      const foreign = { userId: mine, conversationId: conversation.conversationId };
      for (const missing of [foreign, { userId: mine, conversationId: newId() }]) {
        expect(await ledger().reserve(within(missing))).toEqual({ outcome: 'no_such_conversation' });
      }
      const dear = { ...within(foreign), hold: 1000 };
      expect(await ledger().reserve(dear)).toEqual({ outcome: 'no_such_conversation' });
      expect(await harness().stores.creditLedger.balance(mine)).toEqual({ balance: 100, held: 0 });
      expect(await allExchanges(harness().stores, mine)).toEqual([]);
    });

    test('a lack of credits does not change a conversation', async () => {
      const userId = await createAccount(harness().stores, 200);
      const { conversation: older } = await begin(userId);
      const { conversation: newer } = await begin(userId);
      expect((await ledger().reserve(within(older))).outcome).toBe('insufficient');
      const { results } = await store().list(userId, firstPage);
      expect(results.map(({ id }) => id)).toEqual([newer.conversationId, older.conversationId]);
    });

    test('a claimed idempotency key takes precedence over a missing conversation', async () => {
      const userId = await createAccount(harness().stores, 1000);
      await openHold(harness().stores, userId, { idempotencyKey: 'k' });
      const repeated = { ...within({ userId, conversationId: newId() }), idempotencyKey: 'k' };
      expect((await ledger().reserve(repeated)).outcome).toBe('key_claimed');
    });
  });
}
