import { expect } from 'expect';
import type { Page, PageRequest } from '../domain/page.js';
import type { AuditFilter, EntryFilter, ExchangeFilter, OrderFilter } from '../ports/record-search.js';
import {
  actionSettlementOf,
  createAccount,
  newDigest,
  newId,
  newUser,
  openActionHold,
  openHold,
  releaseOf,
  settlementOf,
} from './accounts.js';
import { factOf, newOrder } from './order-store/view.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const anyTime = { from: null, to: null };
const anyExchange: ExchangeFilter = { userId: null, status: null, model: null, text: null, ...anyTime };
const anyEntry: EntryFilter = { userId: null, kind: null, ...anyTime };
const anyOrder: OrderFilter = { userId: null, status: null, ...anyTime };
const anyEvent: AuditFilter = { action: null, actorId: null, subjectId: null, ...anyTime };

/**
 * Runs the contract of `RecordSearch` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { recordSearchContract } from 'metered-chat/testing';
 *
 * recordSearchContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function recordSearchContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`record search: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    const page = { limit: 100, before: null };
    async function exchangeIds(filter: Partial<ExchangeFilter>): Promise<string[]> {
      const { results } = await harness().stores.recordSearch.exchanges({ ...anyExchange, ...filter }, page);
      return results.map(({ id }) => id);
    }
    async function entryIds(filter: Partial<EntryFilter>): Promise<string[]> {
      const { results } = await harness().stores.recordSearch.entries({ ...anyEntry, ...filter }, page);
      return results.map(({ id }) => id);
    }
    async function eventIds(filter: Partial<AuditFilter>): Promise<string[]> {
      const { results } = await harness().stores.recordSearch.auditEvents({ ...anyEvent, ...filter }, page);
      return results.map(({ id }) => id);
    }

    test('the orders of all accounts are listed newest first, in pages, each with its username, by account, status and time', async () => {
      const { recordSearch, userStore, orderStore } = harness().stores;
      const [one, other] = [newUser(0), newUser(0)];
      const made = [];
      for (const user of [one, other, one]) {
        if (made.length < 2) await userStore.create(user);
        const created = await orderStore.create(newOrder(user.id));
        if (created.outcome !== 'created') throw new TypeError(created.outcome);
        made.push(created.order);
      }
      const [first, second, third] = made.map(({ id }) => id);
      const all = await recordSearch.orders(anyOrder, { limit: 2, before: null });
      expect(all.results.map(({ id, username }) => [id, username])).toEqual([
        [third, one.username],
        [second, other.username],
      ]);
      const rest = await recordSearch.orders(anyOrder, { limit: 1, before: all.next });
      expect(rest.results.map(({ id }) => id)).toEqual([first]);
      const found = async (filter: Partial<OrderFilter>) =>
        (await recordSearch.orders({ ...anyOrder, ...filter }, page)).results.map(({ id }) => id);
      expect(await found({ userId: one.id })).toEqual([third, first]);
      if (made[0] !== undefined) await orderStore.apply(factOf(made[0], 'paid'), { next: newId });
      expect(await found({ userId: one.id, status: 'paid' })).toEqual([first]);
      expect(await found({ userId: one.id, status: 'disputed' })).toEqual([]);
      const { createdAt } = all.results[0] ?? { createdAt: new Date(0) };
      expect(await found({ userId: one.id, from: new Date(createdAt.getTime() + 60_000) })).toEqual([]);
      expect(await found({ userId: one.id, to: new Date(createdAt.getTime() + 60_000) })).toEqual([
        third,
        first,
      ]);
      expect((await found({ from: new Date(createdAt.getTime() - 60_000) })).slice(0, 3)).toContain(second);
      await userStore.erase(one.id);
      const erased = await recordSearch.orders({ ...anyOrder, userId: one.id }, page);
      expect(erased.results.map(({ username }) => username)).toEqual([null, null]);
    });

    test('what matches is counted by the same filters as it is listed, up to a most', async () => {
      const { recordSearch, auditLog, orderStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      for (const message of ['One', 'Two', 'Three']) await openHold(harness().stores, userId, { message });
      await orderStore.create(newOrder(userId));
      const origin = { address: null, userAgent: null };
      const event = {
        action: 'signed_in',
        userId,
        actorId: userId,
        serviceKeyId: null,
        subjectId: null,
      } as const;
      for (let index = 0; index < 2; index += 1)
        await auditLog.record({ ...event, id: newId(), details: null, origin });
      const exchanges = { ...anyExchange, userId };
      expect(await recordSearch.countExchanges(exchanges, 100)).toBe(3);
      expect(await recordSearch.countExchanges(exchanges, 2)).toBe(2);
      expect(await recordSearch.countExchanges({ ...exchanges, text: 'tWO' }, 100)).toBe(1);
      expect(await recordSearch.countExchanges({ ...exchanges, status: 'failed' }, 100)).toBe(0);
      expect(await recordSearch.countExchanges({ ...exchanges, to: new Date(0) }, 100)).toBe(0);
      expect(await recordSearch.countEntries({ ...anyEntry, userId }, 100)).toBe(1);
      expect(await recordSearch.countEntries({ ...anyEntry, userId, kind: 'refund' }, 100)).toBe(0);
      expect(await recordSearch.countOrders({ ...anyOrder, userId }, 100)).toBe(1);
      expect(await recordSearch.countOrders({ ...anyOrder, userId, status: 'paid' }, 100)).toBe(0);
      expect(await recordSearch.countAuditEvents({ ...anyEvent, actorId: userId }, 100)).toBe(2);
      expect(await recordSearch.countAuditEvents({ ...anyEvent, subjectId: userId }, 1)).toBe(1);
    });

    test('the exchanges of all accounts are listed newest first, in pages, each with its username', async () => {
      const { recordSearch, userStore } = harness().stores;
      const [one, other] = [newUser(1000), newUser(1000)];
      await userStore.create(one);
      await userStore.create(other);
      const opened = [];
      for (const { id } of [one, other, one]) opened.push(await openHold(harness().stores, id));
      const first = await recordSearch.exchanges(anyExchange, { limit: 2, before: null });
      expect(first.results.map(({ id, username }) => [id, username])).toEqual([
        [opened[2]?.exchangeId, one.username],
        [opened[1]?.exchangeId, other.username],
      ]);
      const second = await recordSearch.exchanges(anyExchange, { limit: 1, before: first.next });
      expect(second.results).toMatchObject([{ id: opened[0]?.exchangeId, userId: one.id, held: 100 }]);
      expect(await recordSearch.exchange(opened[1]?.exchangeId ?? '')).toEqual(first.results[1]);
      expect(await recordSearch.exchange(newId())).toBeNull();
    });

    test('records are listed oldest first too, in pages that contain each of them once', async () => {
      const { recordSearch, auditLog, orderStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      const origin = { address: null, userAgent: null };
      const event = {
        action: 'signed_in',
        userId,
        actorId: userId,
        serviceKeyId: null,
        details: null,
      } as const;
      const made: Record<'exchanges' | 'orders' | 'events', string[]> = {
        exchanges: [],
        orders: [],
        events: [],
      };
      for (let index = 0; index < 5; index += 1) {
        made.exchanges.push((await openHold(harness().stores, userId)).exchangeId);
        const created = await orderStore.create(newOrder(userId));
        if (created.outcome !== 'created') throw new TypeError(created.outcome);
        made.orders.push(created.order.id);
        const id = newId();
        await auditLog.record({ ...event, id, subjectId: null, origin });
        made.events.push(id);
      }
      const everyId = async (read: (page: PageRequest) => Promise<Page<{ id: string }>>) => {
        const ids = [];
        for (let before: string | null = null; ;) {
          const { results, next }: Page<{ id: string }> = await read({ limit: 2, before });
          ids.push(...results.map(({ id }) => id));
          if (next === null) return ids;
          before = next;
        }
      };
      const order = { userId, isAscending: true };
      expect(await everyId((each) => recordSearch.exchanges({ ...anyExchange, ...order }, each))).toEqual(
        made.exchanges,
      );
      expect(await everyId((each) => recordSearch.orders({ ...anyOrder, ...order }, each))).toEqual(
        made.orders,
      );
      const events = { ...anyEvent, subjectId: userId, isAscending: true };
      expect(await everyId((each) => recordSearch.auditEvents(events, each))).toEqual(made.events);
      const entries = await everyId((each) => recordSearch.entries({ ...anyEntry, ...order }, each));
      expect(entries).toEqual(await entryIds({ userId }).then((ids) => ids.toReversed()));
      expect(await recordSearch.countExchanges({ ...anyExchange, ...order }, 100)).toBe(5);
    });

    test('exchanges are found by account, status, model, and text in any case', async () => {
      const { holdLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      const mark = newDigest();
      const settled = await openHold(harness().stores, userId, { message: 'A 100% sure_thing', model: mark });
      const settlement = settlementOf(settled, 100, { repliedBy: 'fallback', reply: `Reply ${mark}` });
      await holdLedger.settle(settlement);
      const failed = await openHold(harness().stores, userId, { model: mark });
      await holdLedger.release(releaseOf(failed));
      const [first, second] = [settled.exchangeId, failed.exchangeId];
      expect(await exchangeIds({ userId })).toEqual([second, first]);
      expect(await exchangeIds({ userId, status: 'failed' })).toEqual([second]);
      expect(await exchangeIds({ userId, status: 'imported' })).toEqual([]);
      expect(await exchangeIds({ model: mark })).toEqual([second]);
      expect(await exchangeIds({ userId, model: 'fallback' })).toEqual([first]);
      expect(await exchangeIds({ text: `rEPLY ${mark.toUpperCase()}` })).toEqual([first]);
      expect(await exchangeIds({ userId, text: '100% SURE_' })).toEqual([first]);
      for (const text of ['a%sure', '100_', '100\\%', '100%%']) {
        expect({ text, found: await exchangeIds({ userId, text }) }).toEqual({ text, found: [] });
      }
    });

    test('records are found by their time, from one time (inclusive) to another (exclusive)', async () => {
      const { recordSearch, auditLog } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      const { exchangeId } = await openHold(harness().stores, userId);
      const origin = { address: null, userAgent: null };
      const event = {
        id: newId(),
        action: 'signed_in',
        userId,
        actorId: null,
        serviceKeyId: null,
        subjectId: null,
        details: null,
        origin,
      } as const;
      await auditLog.record(event);
      const createdAt = (await recordSearch.exchange(exchangeId))?.createdAt ?? new Date(0);
      const [before, after] = [-60_000, 60_000].map((ms) => new Date(createdAt.getTime() + ms));
      if (before === undefined || after === undefined) throw new Error();
      for (const [range, isFound] of [
        [{ from: before, to: after }, true],
        [{ from: before, to: null }, true],
        [{ from: null, to: after }, true],
        [{ from: after, to: null }, false],
        [{ from: null, to: before }, false],
        [{ from: new Date(0), to: new Date('9999-12-31T23:59:59.999Z') }, true],
        [{ from: new Date('9999-01-01T00:00:00Z'), to: new Date(0) }, false],
      ] as const) {
        const found = [
          (await exchangeIds({ userId, ...range })).length,
          (await entryIds({ userId, ...range })).length,
          (await eventIds({ subjectId: userId, ...range })).length,
        ];
        expect({ range, found }).toEqual({ range, found: isFound ? [1, 1, 1] : [0, 0, 0] });
      }
    });

    test('the whole ledger is found by account and kind, newest first, also of an erased account', async () => {
      const { recordSearch, holdLedger, creditLedger, userStore } = harness().stores;
      const user = newUser(1000);
      await userStore.create(user);
      const settlement = settlementOf(await openHold(harness().stores, user.id), 100);
      await holdLedger.settle(settlement);
      const taken = { id: newId(), userId: user.id, kind: 'adjustment', amount: -5, reason: 'why' } as const;
      await creditLedger.post(taken);
      const newestFirst = [taken.id, settlement.entryId, user.openingGrant.entryId];
      expect(await entryIds({ userId: user.id })).toEqual(newestFirst);
      expect(await entryIds({ userId: user.id, kind: 'charge' })).toEqual([settlement.entryId]);
      expect(await entryIds({ userId: user.id, kind: 'refund' })).toEqual([]);
      const filter = { ...anyEntry, userId: user.id };
      const first = await recordSearch.entries(filter, { limit: 1, before: null });
      expect(first.results).toMatchObject([{ amount: -5, reason: 'why', username: user.username }]);
      const rest = await recordSearch.entries(filter, { limit: 2, before: first.next });
      expect(rest.results.map(({ id }) => id)).toEqual(newestFirst.slice(1));
      expect(rest.next).toBeNull();
      await userStore.erase(user.id);
      const { results } = await recordSearch.entries(filter, page);
      expect(results.map(({ username }) => username)).toEqual([null, null, null]);
    });

    test('a charge is found with what was taken beyond its hold, and what nothing covered', async () => {
      const { recordSearch, holdLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 150);
      const hold = await openActionHold(harness().stores, userId);
      await holdLedger.settle(actionSettlementOf(hold, 175));
      const { results } = await recordSearch.entries({ ...anyEntry, userId }, page);
      expect(results).toMatchObject([
        { kind: 'charge', amount: -150, taken: 50, uncollected: 25 },
        { kind: 'grant', amount: 150, taken: null, uncollected: null },
      ]);
    });

    test('events are found by action, by actor, and by subject', async () => {
      const { recordSearch, auditLog, userStore } = harness().stores;
      const [actor, owner] = [newUser(0), newUser(0)];
      await userStore.create(actor);
      await userStore.create(owner);
      const origin = { address: '192.0.2.1', userAgent: 'agent' };
      const subjectId = newId();
      const details = { amount: null, reason: null, changes: [{ field: 'status', before: 'a', after: 'b' }] };
      const about = { userId: owner.id, serviceKeyId: null, details, origin };
      const [serviceKeyId, unknownId] = [newId(), newId()];
      const metered = { id: newId(), action: 'balance_adjusted', actorId: null, subjectId: null } as const;
      await auditLog.record({ ...about, ...metered, userId: unknownId, serviceKeyId });
      const acted = { id: newId(), action: 'account_disabled', actorId: actor.id, subjectId } as const;
      await auditLog.record({ ...about, ...acted });
      const signedIn = { id: newId(), action: 'signed_in', actorId: null, subjectId: null } as const;
      await auditLog.record({ ...about, ...signedIn });
      expect(await eventIds({ actorId: serviceKeyId })).toEqual([metered.id]);
      expect(await eventIds({ actorId: actor.id })).toEqual([acted.id]);
      expect(await eventIds({ subjectId: owner.id })).toEqual([signedIn.id, acted.id]);
      expect(await eventIds({ subjectId })).toEqual([acted.id]);
      expect(await eventIds({ subjectId: owner.id, action: 'signed_in' })).toEqual([signedIn.id]);
      expect(await eventIds({ actorId: owner.id })).toEqual([]);
      const { results } = await recordSearch.auditEvents({ ...anyEvent, actorId: actor.id }, page);
      expect(results).toEqual([
        {
          ...about,
          ...acted,
          ...{ username: owner.username, actorUsername: actor.username },
          createdAt: expect.any(Date),
        },
      ]);
      expect(await recordSearch.auditEvent(acted.id)).toEqual(results[0]);
      expect(await recordSearch.auditEvent(newId())).toBeNull();
      const newest = await recordSearch.auditEvents(anyEvent, { limit: 1, before: null });
      expect(newest.results.map(({ id }) => id)).toEqual([signedIn.id]);
      const next = await recordSearch.auditEvents(anyEvent, { limit: 1, before: newest.next });
      expect(next.results.map(({ id }) => id)).toEqual([acted.id]);
    });
  });
}
