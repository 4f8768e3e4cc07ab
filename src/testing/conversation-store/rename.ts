import { expect } from 'expect';
import { createAccount, newId } from '../accounts.js';
import { firstPage, type ConversationView } from './view.js';

/** Titles are changed by their owner. */
export function renamingSuite({ runner, harness, store, begin }: ConversationView): void {
  const { describe, test } = runner;
  describe('renaming', () => {
    test('changes the title and not its place in the list', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId, 'Old');
      await begin(userId, 'Newer');
      const renamed = await store().rename(conversation, 'New');
      expect(renamed).toMatchObject({ id: conversation.conversationId, title: 'New' });
      const { results } = await store().list(userId, firstPage);
      expect(results.map(({ title }) => title)).toEqual(['Newer', 'New']);
    });

    test('is not possible for other accounts, nor after an erasure', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      expect(await store().rename({ ...conversation, userId: newId() }, 'Mine')).toBeNull();
      expect((await store().read(conversation, firstPage))?.conversation.title).toBe('A title');
      await store().erase(conversation);
      expect(await store().rename(conversation, 'Back again')).toBeNull();
    });
  });
}
