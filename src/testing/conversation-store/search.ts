import { expect } from 'expect';
import { createAccount, newId, releaseOf } from '../accounts.js';
import { firstPage, type ConversationView } from './view.js';

/** Conversations are found by their texts and pins. */
export function searchingSuite({
  runner,
  harness,
  store,
  ledger,
  begin,
  say,
  settle,
}: ConversationView): void {
  const { describe, test } = runner;
  const find = async (userId: string, text: string | null, isPinned: boolean | null = null) => {
    const { results } = await store().search(userId, { text, isPinned }, firstPage);
    return results.map(({ title, snippet }) => [title, snippet]);
  };

  describe('searching', () => {
    test('finds a text in titles, messages and replies, complete or not, and shows the newest place', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await begin(userId, 'On Rivers', { message: 'Hello' });
      const second = await begin(userId, 'Second', { message: 'Which river is long?' });
      await settle(second.exchange, 'The Nile.');
      const third = await begin(userId, 'Third', { message: 'Hi' });
      await settle(third.exchange, 'A RIVER runs through it.');
      const partial = { reply: 'the rivers of', toolCalls: null };
      await ledger().release({ ...releaseOf(await say(third.conversation, 'More')), partial });
      await begin(userId, 'Fourth', { message: 'Hello' });
      await begin(await createAccount(harness().stores, 100), 'River of others', { message: 'river' });
      expect(await find(userId, 'river')).toEqual([
        ['Third', 'the rivers of'],
        ['Second', 'Which river is long?'],
        ['On Rivers', null],
      ]);
      expect(await find(userId, 'nile')).toEqual([['Second', 'The Nile.']]);
      expect(await find(userId, 'nothing like it')).toEqual([]);
      expect(await find(newId(), 'river')).toEqual([]);
    });

    test('a text is found as it is, whatever characters it has, and the snippet is around it', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const message = `${'a'.repeat(500)} 100%_\\ of Äpfel 🦉 ${'z'.repeat(500)}`;
      await begin(userId, 'T', { message });
      for (const text of ['100%_\\', 'Äpfel', '🦉', '%_', 'OF Ä']) {
        const [found] = await find(userId, text);
        expect(found?.[1]?.length).toBeLessThanOrEqual(162);
        expect(found?.[1]?.toLowerCase()).toContain(text.toLowerCase());
      }
      for (const text of ['%', '_', '100_', '1%0']) {
        expect([text, (await find(userId, text)).length]).toEqual([text, message.includes(text) ? 1 : 0]);
      }
    });

    test('pages are complete, and pins choose', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const begun = [];
      for (let count = 1; count <= 5; count += 1) begun.push(await begin(userId, `owl ${count}`));
      for (const index of [1, 3]) {
        const conversation = begun[index]?.conversation;
        if (conversation !== undefined) await store().change(conversation, { isPinned: true });
      }
      const titles: string[] = [];
      let before: string | null = null;
      do {
        const page = await store().search(userId, { text: 'owl', isPinned: null }, { limit: 2, before });
        titles.push(...page.results.map(({ title }) => title));
        before = page.next;
      } while (before !== null);
      expect(titles).toEqual(['owl 5', 'owl 4', 'owl 3', 'owl 2', 'owl 1']);
      expect(await find(userId, null, true)).toEqual([
        ['owl 4', null],
        ['owl 2', null],
      ]);
      expect((await find(userId, 'owl', false)).map(([title]) => title)).toEqual(['owl 5', 'owl 3', 'owl 1']);
    });

    test('an erased conversation is not found', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const { conversation } = await begin(userId, 'owls', { message: 'owls' });
      await store().erase(conversation);
      expect(await find(userId, 'owls')).toEqual([]);
    });
  });
}
