import { expect } from 'expect';
import { expectSound, openHold, settlementOf } from '../accounts.js';
import { importedAccount, importedExchange, joinedAt } from './imported-account.js';
import type { ImporterView } from './view.js';

/** What is imported of an account. */
export function importingSuite({ runner, stores, bring, history }: ImporterView): void {
  const { describe, test } = runner;
  describe('importing an account', () => {
    test('an account is imported with its names, dates, role, password, balance, opening grant and history', async () => {
      const account = importedAccount();
      account.user.role = 'admin';
      expect(await stores().accountImporter.hasImported(account.sourceDigest)).toBe(false);
      expect(await bring(account)).toBe('imported');
      expect(await stores().accountImporter.hasImported(account.sourceDigest)).toBe(true);
      const { id, username, usernameKey, email, emailKey, passwordHash } = account.user;
      const profile = { id, username, email, emailVerified: false, role: 'admin', status: 'active' };
      const expected = { user: { ...profile, createdAt: joinedAt }, passwordHash, passwordVersion: 1 };
      expect(await stores().userStore.findByName({ usernameKey })).toEqual(expected);
      expect(await stores().userStore.findByName({ emailKey: emailKey ?? '' })).toEqual(expected);
      expect(await stores().creditLedger.balance(id)).toEqual({ balance: 3800, held: 0 });
      const entries = await stores().creditLedger.entries(id, { limit: 10, before: null });
      expect(entries.results).toMatchObject([
        {
          id: account.openingGrant.entryId,
          kind: 'grant',
          amount: 3800,
          balanceAfter: 3800,
          exchangeId: null,
        },
      ]);
      const base = { userId: id, conversationId: null, model: 'imported', status: 'imported', usage: null };
      const free = { price: null, held: 0, holdState: 'none', captured: null, balanceAfter: null };
      const blank = {
        repliedBy: null,
        attachments: null,
        failure: null,
        failedModels: null,
        toolCalls: null,
        replyParts: null,
        finishReason: null,
        stopSequence: null,
        requestFingerprint: null,
      };
      const flags = { beginsConversation: false, afterId: null, isErased: false };
      const chat = { action: 'chat', units: null, details: null, keyId: null, endKey: null };
      const covered = { taken: 0, uncollected: 0 };
      expect((await history(id)).results).toEqual(
        [...account.exchanges]
          .reverse()
          .map((exchange) => ({ ...base, ...free, ...blank, ...flags, ...chat, ...covered, ...exchange })),
      );
      await expectSound(stores());
    });

    test('an imported account can spend credits, and its ledger stays sound', async () => {
      const account = importedAccount();
      await bring(account);
      const exchange = await openHold(stores(), account.user.id);
      await stores().holdLedger.settle(settlementOf(exchange, 100));
      expect(await stores().creditLedger.balance(account.user.id)).toEqual({ balance: 3700, held: 0 });
      const statuses = (await history(account.user.id)).results.map(({ status }) => status);
      expect(statuses).toEqual(['completed', 'imported', 'imported']);
      await expectSound(stores());
    });

    test('an account may have no email, no date, no balance, no replies, no history and no auth token', async () => {
      const account = importedAccount({ exchanges: [], authTokens: [] });
      Object.assign(account.user, { email: null, emailKey: null, createdAt: null, status: 'disabled' });
      account.openingGrant.amount = 0;
      expect(await bring(account)).toBe('imported');
      const found = await stores().userStore.findById(account.user.id);
      expect(found?.user).toMatchObject({ email: null, status: 'disabled' });
      expect(found?.user.createdAt.getTime()).toBeGreaterThan(joinedAt.getTime());
      expect(
        (await stores().creditLedger.entries(account.user.id, { limit: 1, before: null })).results,
      ).toEqual([]);
      const withoutReply = importedAccount({ exchanges: [importedExchange(1, { reply: null })] });
      expect(await bring(withoutReply)).toBe('imported');
      expect((await history(withoutReply.user.id)).results).toMatchObject([{ reply: null }]);
      await expectSound(stores());
    });

    test('a long history is imported completely, in its order', async () => {
      const exchanges = Array.from({ length: 2100 }, (_, index) => importedExchange(index));
      const long = importedExchange(5000, { message: 'm'.repeat(1_100_000) });
      const account = importedAccount({ exchanges: [...exchanges, long] });
      expect(await bring(account)).toBe('imported');
      const found: string[] = [];
      let before: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof history>> = await stores().holdLedger.exchanges(
          account.user.id,
          {
            limit: 100,
            before,
          },
        );
        found.push(...page.results.map(({ id }) => id));
        before = page.next;
      } while (before !== null);
      expect(found.reverse()).toEqual(account.exchanges.map(({ id }) => id));
    });

    test('texts are imported byte for byte', async () => {
      const texts = [
        ' 😀 👩‍👩‍👧‍👦 e\u0301 \u202eback\u202c ',
        `'single' "double" \\n \\u0000 $1 %s {"json": [null]}`,
        '\u0001\u001b\u007f\u009f\u200b\ufffe\uffff\ufeff\r\n\u2028',
        '',
      ];
      const exchanges = texts.map((text, index) => importedExchange(index, { message: text, reply: text }));
      const account = importedAccount({ exchanges });
      await bring(account);
      const kept = (await history(account.user.id)).results.reverse();
      expect(kept.map(({ message }) => message)).toEqual(texts);
      expect(kept.map(({ reply }) => reply)).toEqual(texts);
    });
  });
}
