import { expect } from 'expect';
import { eventTypes } from '../../domain/events/event.js';
import { keptEventsMs, keptQueuedMs } from '../../domain/events/webhook.js';
import { createAccount, entryIds, newId } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

const ages = { eventsMs: keptEventsMs, queuedMs: keptQueuedMs };

/** How long events and their deliveries are kept. */
export function purgingSuite({ test }: TestRunner, harness: () => StoreHarness): void {
  const stores = () => harness().stores;
  const eventsOf = (userId: string) => stores().eventStore.events(userId, { after: 0, limit: 10 });
  const createEndpoint = async () => {
    const endpoint = { id: newId(), url: 'https://example.com/', types: eventTypes, secret: 'whsec_x' };
    await stores().webhookStore.create({ ...endpoint, createdBy: null, maxEndpoints: 100 });
    return endpoint.id;
  };
  const deliveriesOf = async (endpointId: string, userId: string) => {
    const page = await stores().webhookStore.deliveries(endpointId, { limit: 10_000, before: null });
    return (page?.results ?? []).filter((delivery) => delivery.userId === userId);
  };
  const dispatchAll = async () => {
    while ((await stores().eventStore.dispatch({ limit: 1000, ids: entryIds })).length > 0);
  };

  test('an event and its deliveries are kept for 30 days, and for ever until it is dispatched', async () => {
    const endpointId = await createEndpoint();
    const userId = await createAccount(stores(), 100);
    await dispatchAll();
    const waiting = await createAccount(stores(), 100);
    await harness().advance(keptEventsMs - 60_000);
    await stores().eventStore.purge(ages);
    expect(await eventsOf(userId)).toHaveLength(1);
    expect(await deliveriesOf(endpointId, userId)).toHaveLength(1);
    await harness().advance(120_000);
    expect(await stores().eventStore.purge(ages)).toBeGreaterThan(0);
    expect(await eventsOf(userId)).toEqual([]);
    expect(await deliveriesOf(endpointId, userId)).toEqual([]);
    expect(await eventsOf(waiting)).toHaveLength(1);
    await dispatchAll();
    await stores().eventStore.purge(ages);
    expect(await eventsOf(waiting)).toEqual([]);
    await stores().webhookStore.remove(endpointId);
  });

  test('what a disabled endpoint was not sent is kept for 7 days, and of an enabled one for as long as its event', async () => {
    const [disabled, enabled] = [await createEndpoint(), await createEndpoint()];
    const userId = await createAccount(stores(), 100);
    await dispatchAll();
    await stores().webhookStore.change({ id: disabled, isDisabled: true });
    await harness().advance(keptQueuedMs - 60_000);
    await stores().eventStore.purge(ages);
    expect(await deliveriesOf(disabled, userId)).toHaveLength(1);
    await harness().advance(120_000);
    await stores().eventStore.purge(ages);
    expect(await deliveriesOf(disabled, userId)).toEqual([]);
    expect(await deliveriesOf(enabled, userId)).toHaveLength(1);
    expect(await eventsOf(userId)).toHaveLength(1);
    for (const id of [disabled, enabled]) await stores().webhookStore.remove(id);
  });

  test('later events of an account go on with its numbers after earlier ones were deleted', async () => {
    const userId = await createAccount(stores(), 100);
    await dispatchAll();
    await harness().advance(keptEventsMs + 1000);
    await stores().eventStore.purge(ages);
    const grant = { id: newId(), userId, kind: 'grant', amount: 1, reason: 'why' } as const;
    await stores().creditLedger.post(grant);
    expect((await eventsOf(userId)).map(({ sequence }) => sequence)).toEqual([2]);
  });
}
