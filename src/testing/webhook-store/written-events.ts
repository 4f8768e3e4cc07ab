import { expect } from 'expect';
import type { AccountEvent, EventType } from '../../domain/events/event.js';
import { noWalletRules } from '../../domain/metering/wallet-rules.js';
import { createAccount, entryIds, newId, newUser, reserveRequest } from '../accounts.js';
import { capView } from '../caps/view.js';
import { factOf, newOrder } from '../order-store/view.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

const dayMs = 24 * 60 * 60 * 1000;

/** The names of the data of each type. There are no others, so that no text, name or secret is in an event. */
const fieldsByType: Record<EventType, string[]> = {
  'balance.low': ['available', 'threshold'],
  'balance.exhausted': ['available'],
  'credits.granted': ['amount', 'balance', 'entryId', 'expiresAt', 'kind'],
  'credits.expired': ['amount', 'balance', 'entryId', 'lotId'],
  'order.paid': ['bonusCredits', 'credits', 'currency', 'orderId', 'packageId', 'price'],
  'order.refunded': ['amount', 'credits', 'currency', 'debt', 'orderId', 'packageId'],
  'order.disputed': ['amount', 'currency', 'orderId', 'outcome', 'packageId'],
  'cap.reached': ['capId', 'endsAt', 'keyId', 'limit', 'model', 'scope', 'setBy', 'window'],
  'account.created': ['balance'],
  'account.erased': [],
};

/** Which operations write an event, each once, and what events say. */
export function writtenEventsSuite({ test }: TestRunner, harness: () => StoreHarness): void {
  const stores = () => harness().stores;
  const eventsOf = (userId: string) => stores().eventStore.events(userId, { after: 0, limit: 1000 });
  const only = async (userId: string, type: EventType): Promise<AccountEvent[]> =>
    (await eventsOf(userId)).filter((event) => event.type === type);
  const { setCap, keyOf } = capView(harness);
  const reserve = (userId: string, hold: number, keyId: string | null = null) =>
    stores().holdLedger.reserve(reserveRequest(userId, { hold, keyId }));

  test('cap.reached is written once in the window of a cap, however many holds at once it rejects', async () => {
    const userId = await createAccount(stores(), 10_000);
    await setCap(userId, { window: 'day', limit: 100 });
    expect((await reserve(userId, 100)).outcome).toBe('reserved');
    const rejected = await Promise.all(Array.from({ length: 20 }, () => reserve(userId, 1)));
    expect(new Set(rejected.map(({ outcome }) => outcome))).toEqual(new Set(['cap_reached']));
    const reached = await only(userId, 'cap.reached');
    expect(reached.map(({ data }) => data)).toMatchObject([
      { scope: 'account', keyId: null, model: null, window: 'day', limit: 100, setBy: 'administrator' },
    ]);
    const data = reached[0]?.data as { endsAt: string } | undefined;
    expect(new Date(data?.endsAt ?? '').toISOString()).toBe(data?.endsAt);
    // A window cannot end where only stored times move.
    if (harness().nowMs === undefined) return;
    await harness().advance(dayMs);
    await stores().holdLedger.expireHolds({ everyOpen: false });
    expect((await reserve(userId, 101)).outcome).toBe('cap_reached');
    expect((await reserve(userId, 101)).outcome).toBe('cap_reached');
    expect(await only(userId, 'cap.reached')).toHaveLength(2);
  });

  test('each cap that rejects writes its own cap.reached, and so does another limit', async () => {
    const userId = await createAccount(stores(), 10_000);
    const keyId = await keyOf(userId);
    await setCap(userId, { scope: 'key', keyId, limit: 50 });
    await setCap(userId, { limit: 80 });
    await reserve(userId, 60, keyId);
    await reserve(userId, 90);
    await setCap(userId, { limit: 85 });
    await reserve(userId, 90);
    const reached = await only(userId, 'cap.reached');
    expect(reached.map(({ data }) => data)).toMatchObject([
      { scope: 'key', keyId, limit: 50, endsAt: null },
      { scope: 'account', limit: 80 },
      { scope: 'account', limit: 85 },
    ]);
  });

  test('credits.expired is written once for a lot, however many requests bring the account up to date at once', async () => {
    const userId = await createAccount(stores(), 100);
    const { createdAt } = (await only(userId, 'account.created'))[0] ?? { createdAt: new Date(0) };
    const lotId = newId();
    const expiresAt = new Date(createdAt.getTime() + dayMs);
    const grant = { id: lotId, userId, kind: 'grant', amount: 70, reason: 'secret reason' } as const;
    await stores().creditLedger.post({ ...grant, lot: { expiresAt, priority: null } });
    await harness().advance(dayMs + 1000);
    const due = { rules: noWalletRules, ids: entryIds };
    await Promise.all([
      ...Array.from({ length: 5 }, () => stores().creditLedger.balance(userId, due)),
      ...Array.from({ length: 5 }, () => stores().lotLedger.expireLots(entryIds)),
    ]);
    const expired = await only(userId, 'credits.expired');
    expect(expired.map(({ data }) => data)).toEqual([
      { entryId: expect.any(String), lotId, amount: 70, balance: 100 },
    ]);
  });

  test('account.erased is the last event of an account, once', async () => {
    const userId = await createAccount(stores(), 100);
    await Promise.all(Array.from({ length: 3 }, () => stores().userStore.erase(userId)));
    await stores().userStore.erase(userId);
    expect((await eventsOf(userId)).map(({ type, data }) => [type, data])).toEqual([
      ['account.created', { balance: 100 }],
      ['account.erased', {}],
    ]);
  });

  test('an event says what its type has and nothing else: no name, no email, no reason, no secret', async () => {
    const user = newUser(1500, { email: 'jane@example.com', emailKey: 'jane@example.com' });
    await stores().userStore.create(user);
    const userId = user.id;
    const options = { lowBalance: 1000 };
    const bonus = { bonusCredits: 20, bonusExpiresAfterMs: dayMs, name: 'a name of a package' };
    const made = await stores().orderStore.create(newOrder(userId, bonus));
    if (made.outcome !== 'created') throw new TypeError(made.outcome);
    const { order } = made;
    for (const fact of [
      factOf(order, 'paid'),
      factOf(order, 'refunded', { amount: 100 }),
      factOf(order, 'disputed', { id: 'dispute', amount: 200 }),
      factOf(order, 'dispute_lost', { id: 'dispute', amount: 200 }),
    ])
      expect((await stores().orderStore.apply(fact, entryIds, options)).outcome).toBe('applied');
    await harness().advance(dayMs + 1000);
    const rules = { ...noWalletRules, lowBalance: 1000 };
    await stores().creditLedger.balance(userId, { rules, ids: entryIds });
    const left = await stores().creditLedger.balance(userId);
    const spent = { id: newId(), userId, kind: 'adjustment', reason: 'secret reason' } as const;
    await stores().creditLedger.post({ ...spent, amount: -(left?.balance ?? 0), ...options });
    await setCap(userId, { limit: 1 });
    await stores().creditLedger.post({ ...spent, id: newId(), kind: 'grant', amount: 5 });
    await reserve(userId, 2);
    await stores().userStore.erase(userId);
    const events = await eventsOf(userId);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(fieldsByType)));
    for (const { type, data } of events)
      expect([type, Object.keys(data).sort()]).toEqual([type, fieldsByType[type]]);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const written = JSON.stringify(events).toLowerCase();
    for (const secret of [user.username, 'jane@', 'secret reason', user.passwordHash, order.package.name])
      expect(written).not.toContain(secret.toLowerCase());
  });
}
