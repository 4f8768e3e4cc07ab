import { expect } from 'expect';
import { createAccount, delicateTexts, newId } from '../accounts.js';
import { firstPage, nothingStored, wholeContext, type ConversationView } from './view.js';

/** Titles, pins and settings are changed by their owner. */
export function changingSuite({
  runner,
  harness,
  store,
  begin,
  say,
  ledger,
  within,
  contextOf,
}: ConversationView): void {
  const { describe, test } = runner;
  describe('changing', () => {
    test('a new title does not change the place in the list', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId, 'Old');
      await begin(userId, 'Newer');
      const renamed = await store().change(conversation, { title: 'New' });
      expect(renamed).toMatchObject({ id: conversation.conversationId, title: 'New' });
      const { results } = await store().list(userId, firstPage);
      expect(results.map(({ title }) => title)).toEqual(['Newer', 'New']);
    });

    test('is not possible for other accounts, nor after an erasure', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      const change = { title: 'Mine', isPinned: true, settings: { systemPrompt: 'Obey' } };
      expect(await store().change({ ...conversation, userId: newId() }, change)).toBeNull();
      const read = await store().read(conversation, firstPage);
      expect(read?.conversation).toMatchObject({
        settings: nothingStored.settings,
        title: 'A title',
        isPinned: false,
      });
      await store().erase(conversation);
      expect(await store().change(conversation, change)).toBeNull();
      expect(await store().recentExchanges(conversation, wholeContext)).toEqual(nothingStored);
    });

    test('each setting, the pin and the title change alone, and null removes a setting', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId, 'T');
      const { conversation: other } = await begin(userId, 'Other');
      const stored = async () => {
        const { settings } = await contextOf(conversation);
        const read = (await store().read(conversation, firstPage))?.conversation;
        expect(read?.settings).toEqual(settings);
        return { title: read?.title, isPinned: read?.isPinned, ...settings };
      };
      const before = { title: 'T', isPinned: false, ...nothingStored.settings };
      expect(await stored()).toEqual(before);
      await store().change(conversation, { settings: { model: 'large' } });
      await store().change(conversation, { settings: { systemPrompt: 'Short.', temperature: 0.3 } });
      await store().change(conversation, { isPinned: true });
      const changed = { ...before, isPinned: true, model: 'large', systemPrompt: 'Short.', temperature: 0.3 };
      expect(await stored()).toEqual(changed);
      await store().change(conversation, { settings: { model: null, temperature: 0 } });
      expect(await stored()).toEqual({ ...changed, model: null, temperature: 0 });
      await store().change(conversation, {
        isPinned: false,
        settings: { systemPrompt: null, temperature: null },
      });
      expect(await stored()).toEqual(before);
      await store().change(conversation, {});
      expect(await stored()).toEqual(before);
      expect((await store().read(other, firstPage))?.conversation.settings).toEqual(nothingStored.settings);
    });

    test('a new conversation keeps the settings of its first message, and its further messages keep them', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const conversation = { userId, conversationId: newId() };
      const settings = { model: 'large', temperature: 0.5 };
      const placed = { conversation: { id: conversation.conversationId, title: 'T', settings } };
      await begin(userId, 'T', placed);
      await say(conversation, 'More');
      const expected = { ...nothingStored.settings, ...settings };
      expect((await contextOf(conversation)).settings).toEqual(expected);
      expect((await store().list(userId, firstPage)).results).toMatchObject([{ settings: expected }]);
    });

    test('changes of different settings at once are all kept, beside messages', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      await Promise.all([
        store().change(conversation, { settings: { model: 'large' } }),
        ledger().reserve(within(conversation)),
        store().change(conversation, { settings: { systemPrompt: 'Short.' } }),
        store().change(conversation, { isPinned: true }),
        ledger().reserve(within(conversation)),
        store().change(conversation, { settings: { temperature: 1 } }),
      ]);
      expect((await store().read(conversation, firstPage))?.conversation).toMatchObject({
        isPinned: true,
        settings: { model: 'large', systemPrompt: 'Short.', temperature: 1 },
      });
    });

    for (const systemPrompt of delicateTexts) {
      test(`system prompts are stored byte for byte: ${JSON.stringify(systemPrompt)}`, async () => {
        const userId = await createAccount(harness().stores, 1000);
        const { conversation } = await begin(userId);
        await store().change(conversation, { settings: { systemPrompt } });
        const { settings } = await contextOf(conversation);
        expect(settings.systemPrompt).toBe(systemPrompt);
      });
    }
  });
}
