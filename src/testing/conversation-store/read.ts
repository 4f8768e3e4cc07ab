import { expect } from 'expect';
import { createAccount, delicateTexts, newId, releaseOf, settlementOf } from '../accounts.js';
import { firstPage, nothingStored, wholeContext, type ConversationView } from './view.js';

/** Lists, conversations, and the context of a model. */
export function readingSuite({
  runner,
  harness,
  store,
  ledger,
  begin,
  say,
  settle,
  contextOf,
}: ConversationView): void {
  const { describe, test } = runner;
  describe('reading', () => {
    test('the list begins with the conversation with the newest message, and its pages are complete', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const begun = [];
      for (let count = 1; count <= 5; count += 1) begun.push(await begin(userId, `title ${count}`));
      if (begun[1] !== undefined) await say(begun[1].conversation, 'Again');
      const page = (before: string | null) => store().list(userId, { limit: 2, before });
      const first = await page(null);
      const second = await page(first.next);
      const third = await page(second.next);
      const titles = [first, second, third].flatMap(({ results }) => results.map(({ title }) => title));
      expect(titles).toEqual(['title 2', 'title 5', 'title 4', 'title 3', 'title 1']);
      expect(third.next).toBeNull();
      expect((await store().list(newId(), firstPage)).results).toEqual([]);
    });

    test('a conversation is read in pages, and only by its owner', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      for (const message of ['2', '3', '4', '5']) await say(conversation, message);
      await begin(userId);
      const page = async (before: string | null) =>
        (await store().read(conversation, { limit: 3, before }))?.exchanges;
      const first = await page(null);
      expect(first?.results.map(({ message }) => message)).toEqual(['5', '4', '3']);
      const second = await page(first?.next ?? null);
      expect(second?.results.map(({ message }) => message)).toEqual(['2', 'Hello']);
      expect(second?.next).toBeNull();
      expect(await store().read({ ...conversation, userId: newId() }, firstPage)).toBeNull();
    });

    test('the context of a model has completed exchanges, and cancelled ones with text, in order, with their attachments', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const attachments = [
        {
          type: 'file',
          source: { type: 'base64', mediaType: 'text/plain', data: 'SGk=' },
          name: 'ä.txt',
        },
      ] as const;
      const { conversation, exchange } = await begin(userId, 'With a file', { attachments });
      await settle(exchange, 'first reply');
      const cancelled = await say(conversation, 'second');
      await ledger().settle(settlementOf(cancelled, 1, { status: 'cancelled', reply: 'cut o' }));
      const partial = { reply: 'half a', toolCalls: null };
      await ledger().release({ ...releaseOf(await say(conversation, 'failed')), partial });
      const wordless = await say(conversation, 'without a word');
      await ledger().settle(settlementOf(wordless, 1, { status: 'cancelled', reply: '' }));
      await settle(await say(conversation, 'third'), 'third reply');
      await say(conversation, 'pending');
      await settle((await begin(userId)).exchange, 'of another conversation');
      const { exchanges } = await contextOf(conversation);
      expect(exchanges).toEqual([
        { message: 'Hello', attachments, reply: 'first reply' },
        { message: 'second', attachments: null, reply: 'cut o' },
        { message: 'third', attachments: null, reply: 'third reply' },
      ]);
      const foreign = { ...conversation, userId: newId() };
      expect(await store().recentExchanges(foreign, wholeContext)).toEqual(nothingStored);
    });

    test('the context of a model has the newest exchanges that fit', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation, exchange } = await begin(userId, 'T', { message: '😀😀' });
      await settle(exchange, '1234');
      for (const message of ['b', 'c']) await settle(await say(conversation, message), '🦉🦉🦉');
      const messages = async (bounds: { maxExchanges: number; maxChars: number }) =>
        (await contextOf(conversation, { maxBytes: 0, ...bounds })).exchanges.map(({ message }) => message);
      expect(await messages({ maxExchanges: 2, maxChars: 100 })).toEqual(['b', 'c']);
      expect(await messages({ maxExchanges: 9, maxChars: 14 })).toEqual(['😀😀', 'b', 'c']);
      expect(await messages({ maxExchanges: 9, maxChars: 13 })).toEqual(['b', 'c']);
      expect(await messages({ maxExchanges: 9, maxChars: 7 })).toEqual(['c']);
      expect(await messages({ maxExchanges: 9, maxChars: 3 })).toEqual([]);
    });

    test('the context of a model has attachments with as much data as fits, byte for byte', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const image = (data: string) =>
        ({ type: 'image', source: { type: 'base64', mediaType: 'image/png', data }, detail: 'low' }) as const;
      const page = {
        type: 'file',
        source: { type: 'url', url: 'https://example.com/ä' },
        name: 'ä',
      } as const;
      const older = [image('QUJD'), page];
      const newer = [image('QUJDRA=='), image('QQ==')];
      const { conversation, exchange } = await begin(userId, 'T', { attachments: older });
      await settle(exchange, 'a');
      await settle(await say(conversation, 'b'), 'b');
      await settle(await say(conversation, 'c', { attachments: newer }), 'c');
      const read = async (maxBytes: number) =>
        (await contextOf(conversation, { ...wholeContext, maxBytes })).exchanges.map(
          ({ attachments }) => attachments,
        );
      expect(await read(8)).toEqual([older, null, newer]);
      expect(await read(7)).toEqual([null, newer]);
      expect(await read(5)).toEqual([null, newer]);
      expect(await read(4)).toEqual([]);
    });

    for (const title of delicateTexts) {
      test(`titles are stored byte for byte: ${JSON.stringify(title)}`, async () => {
        const userId = await createAccount(harness().stores, 1000);
        const { conversation } = await begin(userId, title);
        expect((await store().read(conversation, firstPage))?.conversation.title).toBe(title);
        expect((await store().change(conversation, { title: `${title}!` }))?.title).toBe(`${title}!`);
      });
    }

    test('a returned object can be changed without changing the stored one', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const { conversation } = await begin(userId);
      const before = await store().list(userId, firstPage);
      const [listed] = (await store().list(userId, firstPage)).results;
      const read = await store().read(conversation, firstPage);
      for (const handedOut of [listed, read?.conversation]) {
        if (handedOut === undefined) throw new Error('No conversation.');
        handedOut.title = 'changed';
        handedOut.settings.model = 'changed';
        handedOut.createdAt.setTime(0);
        handedOut.updatedAt.setTime(0);
      }
      expect(await store().list(userId, firstPage)).toEqual(before);
    });
  });
}
