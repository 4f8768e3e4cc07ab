import { expect } from 'expect';
import {
  allEntries,
  allExchanges,
  createAccount,
  expectSound,
  leaseMs,
  newId,
  newUser,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import type { UserStoreView } from './view.js';

/** What an erasure deletes, and what stays. */
export function erasingSuite({ runner, harness, openSession }: UserStoreView): void {
  const { describe, test } = runner;
  describe('erasing accounts', () => {
    test('the origins of events of an erased administrator are blank, and those of an administrator and a service key stay; what changed in the erased account is blank', async () => {
      const { userStore, auditLog } = harness().stores;
      const [user, otherId] = [newUser(0), newId()];
      await userStore.create(user);
      const origin = { address: '192.0.2.1', userAgent: 'agent' };
      const blank = { address: null, userAgent: null };
      const details = { amount: 1, reason: 'why', changes: [] };
      const about = { serviceKeyId: null, subjectId: null, details, origin };
      const event = { action: 'account_disabled', ...about } as const;
      await auditLog.record({ ...event, id: newId(), userId: otherId, actorId: user.id });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: otherId });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: null });
      await auditLog.record({ ...event, id: newId(), userId: user.id, actorId: null, serviceKeyId: newId() });
      await userStore.erase(user.id);
      const eventsOf = async (userId: string) =>
        (await auditLog.events(userId, { limit: 10, before: null })).results;
      expect((await eventsOf(otherId)).map((kept) => kept.origin)).toEqual([blank]);
      expect((await eventsOf(user.id)).map((kept) => kept.origin)).toEqual([origin, blank, origin]);
      // What happened to another account is not the data of the administrator.
      expect((await eventsOf(otherId)).map((kept) => kept.details)).toEqual([details]);
      expect((await eventsOf(user.id)).map((kept) => kept.details)).toEqual([null, null, null]);
    });

    test('an erased account is deleted everywhere, and its ledger stays', async () => {
      const { userStore, authTokenStore, holdLedger, creditLedger, auditLog } = harness().stores;
      const user = newUser(1000, { email: 'erased@example.org', emailKey: newId() });
      await userStore.create(user);
      const { access } = await openSession(user.id);
      const origin = { address: '192.0.2.1', userAgent: 'agent' };
      const by = { actorId: user.id, serviceKeyId: null };
      const event = { id: newId(), userId: user.id, ...by, subjectId: null, details: null, origin };
      await auditLog.record({ ...event, action: 'signed_in' });
      await holdLedger.settle(settlementOf(await openHold(harness().stores, user.id), 100));
      const partial = { reply: 'secret', toolCalls: [{ id: '1', name: 'n', arguments: '"secret' }] };
      const failed = await openHold(harness().stores, user.id);
      await holdLedger.release({ ...releaseOf(failed), partial });
      const open = await openHold(harness().stores, user.id, { message: 'secret', idempotencyKey: 'k' });
      await holdLedger.renew(open, leaseMs, partial);

      expect(await userStore.erase(user.id)).toBe('erased');

      expect(await userStore.findById(user.id)).toBeNull();
      expect(await userStore.findByName(user)).toBeNull();
      expect(await authTokenStore.findCaller(access)).toBeNull();
      expect(await holdLedger.settle(settlementOf(open, 100))).toEqual({ outcome: 'account_erased' });
      const exchanges = await allExchanges(harness().stores, user.id);
      expect(exchanges.map(({ message, reply, status }) => [message, reply, status])).toEqual([
        ['', '', 'failed'],
        ['', '', 'failed'],
        ['', '', 'completed'],
      ]);
      expect(exchanges.map(({ toolCalls }) => toolCalls)).toEqual([null, null, null]);
      expect(await holdLedger.renew(open, leaseMs, partial)).toBe(false);
      expect(await creditLedger.balance(user.id)).toEqual({ balance: 900, held: 0 });
      expect(await allEntries(harness().stores, user.id)).toHaveLength(2);
      const { results } = await auditLog.events(user.id, { limit: 10, before: null });
      expect(results.map((kept) => kept.origin)).toEqual([{ address: null, userAgent: null }]);
      expect(await userStore.erase(user.id)).toBe('missing');
      await expectSound(harness().stores);
    });

    test('nothing is spent by or granted to an erased account, and its names are free', async () => {
      const { userStore, holdLedger, creditLedger } = harness().stores;
      const user = newUser(1000, { email: 'free@example.org', emailKey: newId() });
      await userStore.create(user);
      await userStore.erase(user.id);
      expect((await holdLedger.reserve(reserveRequest(user.id))).outcome).toBe('no_such_user');
      const grant = { id: newId(), userId: user.id, kind: 'grant', amount: 1, reason: 'r' } as const;
      expect(await creditLedger.post(grant)).toEqual({ outcome: 'no_such_user' });
      const heir = newUser(1, { ...user, id: newId(), openingGrant: { entryId: newId(), amount: 1 } });
      expect((await userStore.create(heir)).outcome).toBe('created');
    });

    test('after an erasure in parallel with twenty chats, no text is left and the ledger is sound', async () => {
      const { userStore, holdLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 10_000);
      await Promise.all([
        ...Array.from({ length: 10 }, () => holdLedger.reserve(reserveRequest(userId))),
        userStore.erase(userId),
        ...Array.from({ length: 10 }, () => holdLedger.reserve(reserveRequest(userId))),
      ]);
      const exchanges = await allExchanges(harness().stores, userId);
      expect(exchanges.filter(({ message, status }) => message !== '' || status === 'pending')).toEqual([]);
      await expectSound(harness().stores);
    });
  });
}
