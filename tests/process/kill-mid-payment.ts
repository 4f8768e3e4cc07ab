import { setTimeout as delay } from 'node:timers/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { startFakeStripe, type FakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import { call, register } from './api-client.js';
import { startMetered } from './metered-program.js';
import { repeatingClient } from './repeating-client.js';
import { startServer, type Environment, type ServerProcess } from './server-process.js';
import { findErrorsInSales } from './sales-in-database.js';
import { ledgerErrors, ledgerVerifyErrors, type Storage } from './storage.js';
import { act, type Customer } from './stripe-customers.js';
import { deliverRandomly, newDeliveryCounts, receiverOf, type DeliveryCounts } from './stripe-deliveries.js';
import { orderAtStripe, sellAt } from './stripe-sales.js';

const customerCount = 10;
const openingCredits = 500;
const responsesPerRound = 60;
const longestFloodMs = 300;
const floodTimeoutMs = 60_000;
const repairTimeoutMs = 120_000;

/** The results of a series of kills during payments. */
export interface PaymentReport extends DeliveryCounts {
  kills: number;
  orders: number;
  /** Facts that were applied, each of them once. */
  facts: number;
  errors: string[];
}

/**
 * Kills servers repeatedly at random moments while customers buy, spend, and get money back at a fake Stripe, whose events come in
 * any order, up to five times, to all servers at once, or never, and whose API has outages. Each restart polls what was lost. In
 * the end each payment is credited once, and what was paid back is taken back once.
 */
export async function killMidPayment(
  storage: Storage,
  options: { kills: number; servers: number; random: (below: number) => number; auditsEach: boolean },
): Promise<PaymentReport> {
  const { random } = options;
  const counts = newDeliveryCounts();
  const report = { kills: 0, errors: [] as string[] };
  const state = { isOver: false, losesOneOf: 8, servers: [] as ServerProcess[] };
  const receive = receiverOf(() => state.servers.filter((one) => !one.hasExited()), counts, {
    random,
    losesOneOf: () => state.losesOneOf,
  });
  const fake = await startFakeStripe({ receive });
  const { onEvent } = fake.account;
  // Some events appear late in the list.
  fake.account.onEvent = (event) => {
    if (!state.isOver && random(4) === 0) fake.account.unlisted.add(event.id);
    onEvent(event);
  };
  const sales = await sellAt(fake);
  const environment = {
    ...{ ...storage.environment, ...sales.environment },
    STARTING_TOKENS: String(openingCredits),
  };
  const { server, serviceKey } = await startMetered(storage, environment, {
    makeAccounts: () => Promise.resolve([]),
    chatters: 0,
  });
  state.servers = [server, ...(await startSeveral(environment, options.servers - 1))];
  const customers = await newCustomers(server);
  const requests = { done: 0, interrupted: 0, replayed: 0 };
  const client = repeatingClient(() => state.servers[random(state.servers.length)]?.url ?? '', requests);
  const shop = { fake, client, serviceKey, random };
  const acting = customers.map(async (customer) => {
    while (!state.isOver) {
      await act(shop, customer);
      await delay(random(150));
    }
  });
  const finished = Promise.all(acting);
  const delivered = deliverRandomly(fake, { random, isOver: () => state.isOver });
  while (report.kills < options.kills) {
    const before = responsesOf(counts);
    const flood = awaitUntil('events arrive', floodTimeoutMs, () =>
      Promise.resolve(responsesOf(counts) >= before + responsesPerRound || null),
    );
    await Promise.race([flood, finished]);
    await delay(random(longestFloodMs));
    // With two servers, one of them or both.
    const victims = state.servers.filter(
      (_, index) => index === report.kills % options.servers || random(2) === 0,
    );
    await Promise.all(victims.map((one) => one.kill()));
    report.kills += 1;
    if (options.auditsEach) report.errors.push(...(await ledgerVerifyErrors(storage)));
    const outages = ['unavailable', 'refused', 'lost'] as const;
    fake.outage = random(3) === 0 ? (outages[random(3)] ?? null) : null;
    if (random(2) === 0) fake.account.unlisted.clear();
    const survivors = state.servers.filter((one) => !victims.includes(one));
    state.servers = [...survivors, ...(await startSeveral(environment, victims.length))];
    await delay(random(200));
    fake.outage = null;
  }
  state.isOver = true;
  await Promise.all([finished, delivered]);
  state.losesOneOf = 0;
  fake.account.unlisted.clear();
  report.errors.push(
    ...(await repair(state, fake, customers, () => startSeveral(environment, options.servers))),
  );
  for (const one of state.servers) {
    const { code } = await one.terminate();
    if (code !== 0) report.errors.push(`A server ended with ${code}: ${one.output()}`);
  }
  report.errors.push(...(await ledgerErrors(storage)).errors);
  const found = await storage.withDatabase((database) =>
    findErrorsInSales(database, { account: fake.account, customers, openingCredits }),
  );
  report.errors.push(...found.errors);
  if ((counts.responses['forged'] ?? 0) > 0) report.errors.push('a wrong signature was accepted');
  await fake.close();
  await sales.remove();
  const orders = customers.reduce((sum, customer) => sum + customer.orders.length, 0);
  return { ...counts, ...report, orders, facts: found.facts };
}

function startSeveral(environment: Environment, count: number): Promise<ServerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => startServer(environment)));
}

function responsesOf({ responses }: DeliveryCounts): number {
  return Object.values(responses).reduce((sum, count) => sum + count, 0);
}

async function newCustomers({ url }: ServerProcess): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let index = 0; index < customerCount; index += 1) {
    const account = await register(url, `customer_${index}`);
    const me = await call<{ id: string }>(url, '/api/me/', { authToken: account.authToken });
    customers.push({ userId: me.body.id, account, orders: [], spent: 0 });
  }
  return customers;
}

/** Restarts all servers at once, which then poll at once, and delivers the rest; returns what is not repaired after a while. */
async function repair(
  state: { servers: ServerProcess[] },
  fake: FakeStripe,
  customers: readonly Customer[],
  start: () => Promise<ServerProcess[]>,
): Promise<string[]> {
  await Promise.all(state.servers.map((one) => one.kill()));
  state.servers = await start();
  const wrong = async () => {
    await fake.webhooks.deliver();
    const url = state.servers[0]?.url ?? '';
    const found = await Promise.all(customers.map((customer) => wrongOrders(url, fake, customer)));
    return [...found.flat(), ...fake.webhooks.pending().map(({ event }) => `${event.type} is refused`)];
  };
  try {
    await awaitUntil('all is repaired', repairTimeoutMs, async () => (await wrong()).length === 0 || null);
    return [];
  } catch {
    return wrong();
  }
}

async function wrongOrders(url: string, fake: FakeStripe, { account, orders }: Customer): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, packageId } of orders) {
    const expected = orderAtStripe(fake.account, id, packageId);
    const { authToken } = account;
    const { body } = await call<{ status: string; refunded: number }>(url, `/api/orders/${id}/`, {
      authToken,
    });
    if (body.status !== expected.status || body.refunded !== expected.refunded)
      wrong.push(
        `the order ${id} is ${body.status} (${body.refunded}), at Stripe ${expected.status} (${expected.refunded})`,
      );
  }
  return wrong;
}
