import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import {
  actionSettlementOf,
  allEntries,
  allExchanges,
  countOutcomes,
  createAccount,
  delicateTexts,
  expectSound,
  holdRequest,
  leaseMs,
  newId,
  openActionHold,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

const day = 24 * 60 * 60 * 1000;

/** Holds and charges of other actions than chats. */
export function otherActionsSuite({ runner, harness, ledger, balanceOf }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('other actions', () => {
    test('a hold is settled with a charge that names the action, the units and the details', async () => {
      const userId = await createAccount(harness().stores, 250);
      const request = holdRequest(userId, { hold: 100, details: { size: 'large' }, requestFingerprint: 'f' });
      const reserved = await ledger().reserve(request);
      expect(reserved).toMatchObject({ outcome: 'reserved', balance: 150 });
      expect(await ledger().find(request.exchangeId)).toMatchObject({
        ...{ id: request.exchangeId, userId, action: 'image.generate', keyId: null, status: 'pending' },
        ...{ held: 100, holdState: 'open', captured: null, taken: 0, uncollected: 0, units: null },
        ...{ details: { size: 'large' }, balanceAfter: 150, requestFingerprint: 'f', endKey: null },
      });
      const exchange = { userId, exchangeId: request.exchangeId };
      const endKey = { key: 'end', fingerprint: 'e' };
      const settlement = {
        ...actionSettlementOf(exchange, 40),
        units: 3,
        details: { size: 'small' },
        endKey,
      };
      expect(await ledger().settle(settlement)).toEqual({
        ...{ outcome: 'settled', balance: 210, captured: 40, uncollected: 0 },
      });
      expect(await ledger().find(request.exchangeId)).toMatchObject({
        ...{ status: 'completed', holdState: 'captured', captured: 40, units: 3, balanceAfter: 210, endKey },
        details: { size: 'small' },
      });
      const [charge] = await allEntries(harness().stores, userId);
      expect(charge).toMatchObject({
        ...{ id: settlement.entryId, kind: 'charge', amount: -40, balanceAfter: 210, units: 3 },
        ...{ exchangeId: request.exchangeId, action: 'image.generate', details: { size: 'small' } },
      });
      await expectSound(harness().stores);
    });

    test('a settlement without details keeps those of the hold', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openActionHold(harness().stores, userId, { details: { of: 'the hold' } });
      await ledger().settle(actionSettlementOf(exchange, 40));
      const [charge] = await allEntries(harness().stores, userId);
      expect(charge).toMatchObject({ details: { of: 'the hold' }, units: null });
    });

    test('charges of chats name the action, and nothing else of the wallet', async () => {
      const userId = await createAccount(harness().stores, 250);
      await ledger().settle(settlementOf(await openHold(harness().stores, userId), 40));
      const [charge, grant] = await allEntries(harness().stores, userId);
      expect(charge).toMatchObject({ action: 'chat', units: null, details: null });
      expect(grant).toMatchObject({ action: null, units: null, details: null });
    });

    test('they are not listed among the chats, and chats are not found among them', async () => {
      const { stores } = harness();
      const userId = await createAccount(stores, 1000);
      const chat = await openHold(stores, userId);
      const hold = await openActionHold(stores, userId);
      await ledger().spend(spendRequest(userId));
      expect((await allExchanges(stores, userId)).map(({ id }) => id)).toEqual([chat.exchangeId]);
      expect(await ledger().find(chat.exchangeId)).toBeNull();
      expect(await ledger().find(newId())).toBeNull();
      expect(await ledger().find(hold.exchangeId)).toMatchObject({ id: hold.exchangeId, userId });
    });

    test('details of all kinds are stored and read back unchanged', async () => {
      const userId = await createAccount(harness().stores, 250);
      const details = {
        texts: delicateTexts,
        numbers: [0, -1.5, maxCredits, 1e-7],
        nothing: null,
        flags: [true, false],
        ...Object.fromEntries(delicateTexts.map((text) => [text, text])),
      };
      const spent = spendRequest(userId, { details });
      await ledger().spend(spent);
      const [charge] = await allEntries(harness().stores, userId);
      expect(charge?.details).toEqual(details);
      expect((await ledger().find(spent.exchangeId))?.details).toEqual(details);
    });

    test('a hold returns to the balance when it is released or its deadline is past', async () => {
      const { stores, advance } = harness();
      const userId = await createAccount(stores, 250);
      const released = await openActionHold(stores, userId, { hold: 100, idempotencyKey: 'k' });
      expect(await ledger().release(releaseOf(released))).toEqual({ outcome: 'released', balance: 250 });
      const expired = await openActionHold(stores, userId, { hold: 100, idempotencyKey: 'k', leaseMs: 1000 });
      await advance(2000);
      expect(await ledger().settle(actionSettlementOf(expired, 1))).toEqual({ outcome: 'already_final' });
      expect(await ledger().renew(expired, leaseMs)).toBe(false);
      await ledger().expireHolds({ everyOpen: false });
      expect(await ledger().find(expired.exchangeId)).toMatchObject({ holdState: 'expired', captured: null });
      expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
      await expectSound(stores);
    });

    describe('spend', () => {
      test('charges at once, with the action, the units and the details', async () => {
        const userId = await createAccount(harness().stores, 250);
        const request = spendRequest(userId, { amount: 40, units: 2, details: { page: 1 }, keyId: newId() });
        const spent = await ledger().spend(request);
        expect(spent).toMatchObject({ outcome: 'spent', balance: 210 });
        expect(await balanceOf(userId)).toEqual({ balance: 210, held: 0 });
        const [charge] = await allEntries(harness().stores, userId);
        expect(charge).toEqual({
          ...{ id: request.entryId, userId, kind: 'charge', amount: -40, balanceAfter: 210, reason: null },
          ...{ exchangeId: request.exchangeId, action: 'export.pdf', units: 2, details: { page: 1 } },
          createdAt: spent.outcome === 'spent' ? spent.createdAt : null,
        });
        expect(await ledger().find(request.exchangeId)).toMatchObject({
          ...{ status: 'completed', holdState: 'captured', held: 40, captured: 40, balanceAfter: 210 },
          ...{ taken: 0, uncollected: 0, units: 2, details: { page: 1 }, keyId: request.keyId },
        });
        await expectSound(harness().stores);
      });

      test('takes the last credit, and not one more', async () => {
        const userId = await createAccount(harness().stores, 100);
        const tooMuch = await ledger().spend(spendRequest(userId, { amount: 101 }));
        expect(tooMuch).toEqual({ outcome: 'insufficient', balance: 100 });
        expect(await ledger().spend(spendRequest(userId, { amount: 100 }))).toMatchObject({ balance: 0 });
        expect(await ledger().spend(spendRequest(userId, { amount: 1 }))).toMatchObject({ balance: 0 });
        expect(await ledger().spend(spendRequest(userId, { amount: 0 }))).toMatchObject({ outcome: 'spent' });
        expect(await allEntries(harness().stores, userId)).toHaveLength(3);
        await expectSound(harness().stores);
      });

      test('charges nothing for an account that does not exist or was erased', async () => {
        const userId = await createAccount(harness().stores, 100);
        await harness().stores.userStore.erase(userId);
        for (const id of [userId, newId()]) {
          expect(await ledger().spend(spendRequest(id))).toEqual({ outcome: 'no_such_user' });
        }
      });

      test('of many with one key charges one, for 24 hours', async () => {
        const { stores, advance } = harness();
        const userId = await createAccount(stores, 1000);
        const request = () => spendRequest(userId, { amount: 10, idempotencyKey: 'k' });
        const counts = await countOutcomes(20, () => ledger().spend(request()));
        expect(counts).toEqual({ spent: 1, key_claimed: 19 });
        await advance(day - 60_000);
        const claimed = await ledger().spend(request());
        expect(claimed).toMatchObject({ outcome: 'key_claimed', exchange: { action: 'export.pdf' } });
        await advance(120_000);
        expect((await ledger().spend(request())).outcome).toBe('spent');
        expect(await balanceOf(userId)).toEqual({ balance: 980, held: 0 });
        await expectSound(stores);
      });

      test('shares its keys with holds and chats, and a rejection claims none', async () => {
        const userId = await createAccount(harness().stores, 300);
        const tooMuch = { amount: 301, idempotencyKey: 'k' };
        expect((await ledger().spend(spendRequest(userId, tooMuch))).outcome).toBe('insufficient');
        const key = { idempotencyKey: 'k' };
        expect((await ledger().reserve(reserveRequest(userId, key))).outcome).toBe('reserved');
        expect((await ledger().reserve(holdRequest(userId, key))).outcome).toBe('key_claimed');
        expect((await ledger().spend(spendRequest(userId, key))).outcome).toBe('key_claimed');
      });

      test('of 200 at once on a balance for 37 charges exactly 37', async () => {
        const userId = await createAccount(harness().stores, 37 * 3 + 2);
        const counts = await countOutcomes(200, () => ledger().spend(spendRequest(userId, { amount: 3 })));
        expect(counts).toEqual({ spent: 37, insufficient: 163 });
        expect(await balanceOf(userId)).toEqual({ balance: 2, held: 0 });
        const balances = (await allEntries(harness().stores, userId)).map((entry) => entry.balanceAfter);
        expect(balances.sort((one, other) => one - other)).toEqual(
          Array.from({ length: 38 }, (_, index) => 2 + 3 * index),
        );
        await expectSound(harness().stores);
      });

      test('neither spends nor holds what is no whole number of 0 or more', async () => {
        const userId = await createAccount(harness().stores, 100);
        for (const amount of [-1, 1.5, Number.NaN]) {
          await expect(ledger().spend(spendRequest(userId, { amount }))).rejects.toThrow();
          await expect(ledger().reserve(holdRequest(userId, { hold: amount }))).rejects.toThrow();
        }
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
      });
    });
  });
}
