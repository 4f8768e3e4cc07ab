import type { Database } from '../../src/adapters/postgres/database.js';
import { postgresLedgerAudit } from '../../src/adapters/postgres/ledger-audit.js';
import { isSound, type LedgerAuditReport } from '../../src/domain/ledger/invariants.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { startFakeStripe } from '../adapters/payments/fake-stripe/fake-stripe.js';
import type { FakeEvent } from '../adapters/payments/fake-stripe/objects.js';
import { closeDispute, dispute, pay, refund } from '../adapters/payments/fake-stripe/stripe-account.js';
import { signedRequest } from '../adapters/payments/fake-stripe/webhooks.js';
import { call, register } from './api-client.js';
import { killedAtStatement } from './killed-at-statement.js';
import { startMetered } from './metered-program.js';
import { expectStatus } from './repeating-client.js';
import { findErrorsInSales } from './sales-in-database.js';
import {
  runProgram,
  startServer,
  waitUntilReady,
  type Environment,
  type ProgramRun,
} from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';
import { packages, sellAt, sessionOfOrder } from './stripe-sales.js';

/** The statement with which a fact begins. */
const beginOfFact = 'select user_id from orders where id = $1';
const maxStatements = 200;
const timeoutMs = 60_000;
const [openingCredits, spent] = [100, 900];

/** The types of events that are sent, one for each fact. */
const sentTypes = new Set<string>([
  ...['checkout.session.completed', 'refund.created', 'charge.dispute.created', 'charge.dispute.closed'],
]);

export interface InterruptionReport {
  kills: number;
  /** Facts that were applied before a kill, although it left no response to their event. */
  appliedUnseen: number;
  errors: string[];
}

/**
 * Kills a server before each statement of each fact in turn, or before every `every`th: a payment, a refund of spent credits, and a
 * dispute that is lost. After each kill, everything of a fact is done or nothing, and the next server is given it again: by
 * the event, or by its poll.
 */
export async function interruptFacts(
  storage: Storage,
  { arrival, every }: { arrival: 'event' | 'poll'; every: number },
): Promise<InterruptionReport> {
  const fake = await startFakeStripe();
  const { account } = fake;
  const sales = await sellAt(fake);
  const environment = {
    ...{ ...storage.environment, ...sales.environment },
    STARTING_TOKENS: String(openingCredits),
  };
  const report: InterruptionReport = { kills: 0, appliedUnseen: 0, errors: [] };
  const shop = await startMetered(storage, environment, {
    makeAccounts: () => Promise.resolve([]),
    chatters: 0,
  });
  const buyer = await register(shop.server.url, 'jane_doe');
  const { authToken } = buyer;
  const me = await call<{ id: string }>(shop.server.url, '/api/me/', { authToken });
  const bought = { authToken, body: { package_id: 'small' } };
  const order = await call<{ id: string }>(shop.server.url, '/api/orders/', bought);
  expectStatus(order, 201);
  await shop.server.kill();

  const session = sessionOfOrder(account, order.body.id);
  const paymentId = () => session.payment_intent ?? '';
  const halfOfPrice = Math.floor(packages.small.price / 2);
  const steps = [
    () => void pay(account, session.id),
    () => void refund(account, paymentId(), { amount: halfOfPrice }),
    () => {
      closeDispute(account, dispute(account, paymentId()).id, 'lost');
    },
  ];
  for (const [index, step] of steps.entries()) {
    const known = account.events.length;
    step();
    const events = account.events.slice(known).filter(({ type }) => sentTypes.has(type));
    if (arrival === 'event') for (const { id } of account.events) account.unlisted.add(id);
    const batches = arrival === 'event' ? events.map((event) => [event]) : [events];
    for (const batch of batches) {
      const send = (url: string) => sendAll(url, batch, fake.webhookSecret);
      await interrupt(storage, environment, report, {
        ...{ every, facts: batch.length },
        hasArrived: arrival === 'event' ? send : (url) => hasStatus(url, authToken, order.body.id, index),
      });
    }
    if (index === 0) {
      const server = await startServer(environment);
      const body = { action: 'image.generate', amount: spent };
      const path = `/api/admin/users/${me.body.id}/spend/`;
      expectStatus(await call(server.url, path, { authToken: shop.serviceKey, body }), 201);
      await server.kill();
    }
  }
  report.errors.push(...(await ledgerErrors(storage)).errors);
  const orders = [{ id: order.body.id, packageId: 'small' as const, isPaidTwice: false }];
  const customers = [{ userId: me.body.id, account: buyer, orders, spent }];
  const found = await storage.withDatabase((database) =>
    findErrorsInSales(database, { account, customers, openingCredits }),
  );
  report.errors.push(...found.errors);
  await fake.close();
  await sales.remove();
  return report;
}

/** Whether everything has arrived at a server; null if it was killed before. */
type HasArrived = (url: string) => Promise<true | null>;

/** Kills servers before one statement after the other until one of them has everything. */
async function interrupt(
  storage: Storage,
  environment: Environment,
  report: InterruptionReport,
  { every, facts, hasArrived }: { every: number; facts: number; hasArrived: HasArrived },
): Promise<void> {
  const states = [(await storage.withDatabase(stateOf)).state];
  for (let nth = 1; nth <= maxStatements; nth += every) {
    const preload = killedAtStatement(beginOfFact, nth);
    const run = runProgram(['serve'], { PORT: '0', ...environment }, { preload });
    const survived = await survives(run, hasArrived);
    run.send('SIGKILL');
    await run.exited;
    const { state, audit } = await storage.withDatabase(stateOf);
    const isNew = state !== states.at(-1);
    if (isNew) states.push(state);
    if (survived) {
      if (states.length > facts + 1) report.errors.push(`facts were applied in parts: ${states.join(' ')}`);
      return;
    }
    report.kills += 1;
    if (isNew) report.appliedUnseen += 1;
    if (!isSound(audit)) report.errors.push(`after statement ${nth}: ${JSON.stringify(audit.broken)}`);
  }
  report.errors.push(`no fact was applied by ${maxStatements} statements`);
}

/** Waits until a server has everything, or is dead. */
async function survives(run: ProgramRun, hasArrived: HasArrived): Promise<boolean> {
  const ready = await waitUntilReady(run).catch((error: unknown) => {
    if (!run.hasExited()) throw error;
    return null;
  });
  if (ready === null) return false;
  return awaitUntil('a fact arrives, or its server is dead', timeoutMs, async () => {
    const arrived = await hasArrived(ready.url).catch(() => null);
    if (arrived !== null) return arrived;
    return run.hasExited() ? false : null;
  });
}

async function sendAll(url: string, events: readonly FakeEvent[], secret: string): Promise<true | null> {
  for (const event of events) {
    const { body, headers } = signedRequest(event, { secret, at: new Date() });
    const response = await fetch(`${url}/api/payments/webhook/`, { method: 'POST', body, headers });
    if (!response.ok) return null;
  }
  return true;
}

const statuses = ['paid', 'partially_refunded', 'dispute_lost'];

async function hasStatus(
  url: string,
  authToken: string,
  orderId: string,
  index: number,
): Promise<true | null> {
  const { body } = await call<{ status: string }>(url, `/api/orders/${orderId}/`, { authToken });
  return body.status === statuses[index] ? true : null;
}

const state = `
  select o.status, o.refunded, b.balance, b.debt, b.event_sequence as events,
    (select count(*) from order_facts) as facts, (select count(*) from entries) as entries
  from orders o join balances b using (user_id)`;

async function stateOf(database: Database): Promise<{ state: string; audit: LedgerAuditReport }> {
  const rows = await database.query<object>({ text: state });
  return { state: JSON.stringify(rows), audit: await postgresLedgerAudit(database).inspect() };
}
