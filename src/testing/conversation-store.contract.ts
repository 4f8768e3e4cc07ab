import { expect } from 'expect';
import type { ConversationReference } from '../ports/conversation-store.js';
import type { ExchangeReference } from '../ports/hold-ledger.js';
import {
  allEntries,
  allExchanges,
  createAccount,
  delicateTexts,
  expectSound,
  leaseMs,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  type ReserveOverrides,
} from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const firstPage = { limit: 100, before: null };
const wholeContext = { maxExchanges: 100, maxChars: 1_000_000 };

/**
 * Runs the contract of `ConversationStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { conversationStoreContract } from 'metered-chat/testing';
 *
 * conversationStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function conversationStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`conversation store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    const store = () => harness.stores.conversationStore;
    const ledger = () => harness.stores.holdLedger;

    /** Creates a conversation with an exchange that stays pending. */
    async function begin(userId: string, title = 'A title', overrides: ReserveOverrides = {}) {
      const conversation = { userId, conversationId: newId() };
      const placed = { conversation: { id: conversation.conversationId, title }, ...overrides };
      return { conversation, exchange: await openHold(harness.stores, userId, placed) };
    }

    /** Sends a message to a conversation. */
    function say({ userId, conversationId }: ConversationReference, message: string) {
      const conversation = { id: conversationId, title: null };
      return openHold(harness.stores, userId, { conversation, message });
    }

    const within = ({ userId, conversationId }: ConversationReference) =>
      reserveRequest(userId, { conversation: { id: conversationId, title: null }, message: 'More' });

    const settle = (exchange: ExchangeReference, reply: string) =>
      ledger().settle(settlementOf(exchange, 1, { reply }));

    describe('beginning', () => {
      test('a conversation begins with its first exchange, and takes further ones', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId, 'First words');
        await say(conversation, 'Second words');
        const found = await store().read(conversation, firstPage);
        expect(found?.conversation).toMatchObject({ userId, title: 'First words' });
        expect(found?.exchanges.results).toMatchObject([
          { message: 'Second words', conversationId: conversation.conversationId, beginsConversation: false },
          { message: 'Hello', conversationId: conversation.conversationId, beginsConversation: true },
        ]);
        await expectSound(harness.stores);
      });

      test('none begins if a lack of credits or an idempotency key rejects the exchange', async () => {
        const userId = await createAccount(harness.stores, 100);
        await begin(userId, 'The first', { idempotencyKey: 'k' });
        const another = { conversation: { id: newId(), title: 'Another' } };
        const claimed = await ledger().reserve(reserveRequest(userId, { ...another, idempotencyKey: 'k' }));
        expect(claimed.outcome).toBe('key_claimed');
        expect((await ledger().reserve(reserveRequest(userId, another))).outcome).toBe('insufficient');
        expect((await store().list(userId, firstPage)).results).toHaveLength(1);
      });

      test('an exchange cannot be added to a conversation that does not exist or belongs to another account', async () => {
        const [mine, theirs] = [
          await createAccount(harness.stores, 100),
          await createAccount(harness.stores, 100),
        ];
        const { conversation } = await begin(theirs);
        const foreign = { userId: mine, conversationId: conversation.conversationId };
        for (const missing of [foreign, { userId: mine, conversationId: newId() }]) {
          expect(await ledger().reserve(within(missing))).toEqual({ outcome: 'no_such_conversation' });
        }
        const dear = { ...within(foreign), hold: 1000 };
        expect(await ledger().reserve(dear)).toEqual({ outcome: 'no_such_conversation' });
        expect(await harness.stores.creditLedger.balance(mine)).toEqual({ balance: 100, held: 0 });
        expect(await allExchanges(harness.stores, mine)).toEqual([]);
      });

      test('a lack of credits does not change a conversation', async () => {
        const userId = await createAccount(harness.stores, 200);
        const { conversation: older } = await begin(userId);
        const { conversation: newer } = await begin(userId);
        expect((await ledger().reserve(within(older))).outcome).toBe('insufficient');
        const { results } = await store().list(userId, firstPage);
        expect(results.map(({ id }) => id)).toEqual([newer.conversationId, older.conversationId]);
      });

      test('a claimed idempotency key takes precedence over a missing conversation', async () => {
        const userId = await createAccount(harness.stores, 1000);
        await openHold(harness.stores, userId, { idempotencyKey: 'k' });
        const repeated = { ...within({ userId, conversationId: newId() }), idempotencyKey: 'k' };
        expect((await ledger().reserve(repeated)).outcome).toBe('key_claimed');
      });
    });

    describe('reading', () => {
      test('the list begins with the conversation with the newest message, and its pages are complete', async () => {
        const userId = await createAccount(harness.stores, 10_000);
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
        const userId = await createAccount(harness.stores, 1000);
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

      test('the context of a model has completed exchanges, and cancelled ones with text, in order', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation, exchange } = await begin(userId);
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
        expect(await store().recentExchanges(conversation, wholeContext)).toEqual([
          { message: 'Hello', reply: 'first reply' },
          { message: 'second', reply: 'cut o' },
          { message: 'third', reply: 'third reply' },
        ]);
        expect(await store().recentExchanges({ ...conversation, userId: newId() }, wholeContext)).toEqual([]);
      });

      test('the context of a model has the newest exchanges that fit', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation, exchange } = await begin(userId, 'T', { message: '😀😀' });
        await settle(exchange, '1234');
        for (const message of ['b', 'c']) await settle(await say(conversation, message), '🦉🦉🦉');
        const messages = async (bounds: { maxExchanges: number; maxChars: number }) =>
          (await store().recentExchanges(conversation, bounds)).map(({ message }) => message);
        expect(await messages({ maxExchanges: 2, maxChars: 100 })).toEqual(['b', 'c']);
        expect(await messages({ maxExchanges: 9, maxChars: 14 })).toEqual(['😀😀', 'b', 'c']);
        expect(await messages({ maxExchanges: 9, maxChars: 13 })).toEqual(['b', 'c']);
        expect(await messages({ maxExchanges: 9, maxChars: 7 })).toEqual(['c']);
        expect(await messages({ maxExchanges: 9, maxChars: 3 })).toEqual([]);
      });

      for (const title of delicateTexts) {
        test(`titles are stored byte for byte: ${JSON.stringify(title)}`, async () => {
          const userId = await createAccount(harness.stores, 1000);
          const { conversation } = await begin(userId, title);
          expect((await store().read(conversation, firstPage))?.conversation.title).toBe(title);
          expect((await store().rename(conversation, `${title}!`))?.title).toBe(`${title}!`);
        });
      }

      test('a returned object can be changed without changing the stored one', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId);
        const before = await store().list(userId, firstPage);
        const [listed] = (await store().list(userId, firstPage)).results;
        const read = await store().read(conversation, firstPage);
        for (const handedOut of [listed, read?.conversation]) {
          if (handedOut === undefined) throw new Error('No conversation.');
          handedOut.title = 'changed';
          handedOut.createdAt.setTime(0);
          handedOut.updatedAt.setTime(0);
        }
        expect(await store().list(userId, firstPage)).toEqual(before);
      });
    });

    describe('renaming', () => {
      test('changes the title and not its place in the list', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId, 'Old');
        await begin(userId, 'Newer');
        const renamed = await store().rename(conversation, 'New');
        expect(renamed).toMatchObject({ id: conversation.conversationId, title: 'New' });
        const { results } = await store().list(userId, firstPage);
        expect(results.map(({ title }) => title)).toEqual(['Newer', 'New']);
      });

      test('is not possible for other accounts, nor after an erasure', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId);
        expect(await store().rename({ ...conversation, userId: newId() }, 'Mine')).toBeNull();
        expect((await store().read(conversation, firstPage))?.conversation.title).toBe('A title');
        await store().erase(conversation);
        expect(await store().rename(conversation, 'Back again')).toBeNull();
      });
    });

    describe('erasing', () => {
      test('removes the conversation and its texts, and leaves the ledger and other texts', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation, exchange } = await begin(userId, 'T', { requestFingerprint: 'abc' });
        const toolCalls = [{ id: '1', name: 'look', arguments: '{"at": "secrets"}' }];
        await ledger().settle(settlementOf(exchange, 70, { toolCalls }));
        const other = await begin(userId, 'Other', { message: 'stays' });
        const entries = await allEntries(harness.stores, userId);
        expect(await store().erase(conversation)).toBe(true);
        expect(await store().read(conversation, firstPage)).toBeNull();
        expect(await allExchanges(harness.stores, userId)).toMatchObject([
          { message: 'stays', isErased: false },
          {
            ...{ message: '', reply: '', toolCalls: null, requestFingerprint: null, isErased: true },
            ...{ status: 'completed', captured: 70 },
          },
        ]);
        expect(await allEntries(harness.stores, userId)).toEqual(entries);
        expect(await store().recentExchanges(conversation, wholeContext)).toEqual([]);
        const { results } = await store().list(userId, firstPage);
        expect(results.map(({ id }) => id)).toEqual([other.conversation.conversationId]);
        expect(await ledger().reserve(within(conversation))).toEqual({ outcome: 'no_such_conversation' });
        await expectSound(harness.stores);
      });

      test('happens once, and not to a conversation of another account', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId);
        expect(await store().erase({ ...conversation, userId: newId() })).toBe(false);
        expect((await store().read(conversation, firstPage))?.exchanges.results).toMatchObject([
          { message: 'Hello' },
        ]);
        const erased = await Promise.all([1, 2, 3].map(() => store().erase(conversation)));
        expect(erased.filter(Boolean)).toHaveLength(1);
      });

      test('a pending exchange ends as usual, and its texts are not stored', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation, exchange } = await begin(userId, 'T', { idempotencyKey: 'k' });
        const failing = await say(conversation, 'will fail');
        await store().erase(conversation);
        expect((await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'k' }))).outcome).toBe(
          'key_claimed',
        );
        const toolCalls = [{ id: '1', name: 'n', arguments: '{}' }];
        const settled = await ledger().settle(settlementOf(exchange, 60, { reply: 'late', toolCalls }));
        expect(settled).toMatchObject({ outcome: 'settled', balance: 840 });
        expect(await ledger().release(releaseOf(failing))).toMatchObject({ outcome: 'released' });
        expect(await allExchanges(harness.stores, userId)).toMatchObject([
          { message: '', reply: null, status: 'failed' },
          { message: '', reply: '', toolCalls: null, status: 'completed', captured: 60 },
        ]);
        expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: 940, held: 0 });
        await expectSound(harness.stores);
      });

      test('the saved part of a reply is erased as well, and nothing of it is stored afterwards', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation, exchange } = await begin(userId);
        const failed = await say(conversation, 'failed');
        const unsaved = await say(conversation, 'unsaved');
        const partial = { reply: 'A secret', toolCalls: [{ id: '1', name: 'n', arguments: '{"secret"' }] };
        for (const each of [exchange, failed]) await ledger().renew(each, leaseMs, partial);
        await ledger().release({ ...releaseOf(failed), partial });
        await store().erase(conversation);
        for (const each of [exchange, unsaved]) {
          expect(await ledger().renew(each, leaseMs, partial)).toBe(true);
          expect(await ledger().release({ ...releaseOf(each), partial })).toMatchObject({
            outcome: 'released',
          });
        }
        const erased = { message: '', toolCalls: null, isErased: true, status: 'failed' };
        expect(await allExchanges(harness.stores, userId)).toMatchObject([
          { ...erased, reply: null },
          { ...erased, reply: '' },
          { ...erased, reply: '' },
        ]);
        await expectSound(harness.stores);
      });

      test('leaves no text if it runs in parallel with chats, their ends, renamings and further erasures', async () => {
        const userId = await createAccount(harness.stores, 100_000);
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
            store().rename(conversation, 'raced'),
            ...open.map((each, index) => ledger().settle(settlementOf(each, index * 50))),
            store().erase(conversation),
            ...[chat(1), chat(100), chat(50)],
            store().rename(conversation, 'raced'),
            ...open.map((each) => ledger().release(releaseOf(each))),
            store().erase(conversation),
          ]);
          expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
          for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
            expect(['settled', 'no_such_conversation']).toContain(outcome);
          }
        }
        expect((await store().list(userId, firstPage)).results).toEqual([]);
        const exchanges = await allExchanges(harness.stores, userId);
        expect(exchanges.filter(({ message, reply }) => message !== '' || (reply ?? '') !== '')).toEqual([]);
        expect(exchanges.filter(({ holdState }) => holdState === 'open')).toEqual([]);
        await expectSound(harness.stores);
      });

      test('an erased account leaves no title behind', async () => {
        const userId = await createAccount(harness.stores, 1000);
        const { conversation } = await begin(userId, 'Something private');
        await harness.stores.userStore.erase(userId);
        expect((await store().list(userId, firstPage)).results).toEqual([]);
        expect(await store().rename(conversation, 'Back')).toBeNull();
        expect(await store().erase(conversation)).toBe(false);
        expect(await allExchanges(harness.stores, userId)).toMatchObject([{ message: '', isErased: true }]);
      });
    });
  });
}
