import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../src/adapters/postgres/database.js';
import type { Stores } from '../../src/ports/stores.js';
import { createAccount } from '../../src/testing/accounts.js';
import { newCap } from '../../src/testing/caps/new-cap.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { call, chat } from './api-client.js';
import { findErrorsInBooks, newBooks, type Books } from './metered-books.js';
import { openingCredits, startMetered, type Metered, type MeteredServer } from './metered-program.js';
import {
  expectStatus,
  repeatingClient,
  type RepeatingClient,
  type RequestCounts,
} from './repeating-client.js';
import { startServer } from './server-process.js';
import { ledgerErrors, ledgerVerifyErrors, type Storage } from './storage.js';

const workers = 20;
const accounts = 30;
const chatters = 4;
const requestsPerRound = 150;
const longestFloodMs = 600;
const floodTimeoutMs = 60_000;
const allowance = 1000;

/** The results of a series of kills. */
export interface MeteringReport extends RequestCounts {
  kills: number;
  allowances: number;
  expiries: number;
  /** What was lost, doubled, or left open. */
  errors: string[];
}

type Random = (below: number) => number;

/**
 * Kills a server repeatedly at random moments while a program meters accounts whose lots expire and whose allowance begins a
 * new period after each kill, some of them with caps, and others chat with capped keys: at least `kills` times, and then
 * until a kill came between a change and its response, at most `maxKills` times. Each request is repeated with its key until
 * it has a response. In the end, the ledger has exactly what the responses to the clients say.
 */
export async function killMidMetering(
  storage: Storage,
  options: { kills: number; maxKills: number; auditsEach: boolean; random: Random; leaseMs: number },
): Promise<MeteringReport> {
  const { random } = options;
  const environment = {
    ...storage.environment,
    STARTING_TOKENS: String(openingCredits),
    ALLOWANCE: `${allowance}/day`,
    HOLD_LEASE: `${options.leaseMs / 1000}s`,
  };
  const report: MeteringReport = {
    ...{ kills: 0, done: 0, interrupted: 0, replayed: 0, allowances: 0, expiries: 0, errors: [] },
  };
  const metered = await startMetered(storage, environment, { makeAccounts, chatters });
  const books = newBooks();
  const client = repeatingClient(() => metered.server.url, report);
  const state = { isOver: false };
  const work = Array.from({ length: workers }, async (_, worker) => {
    for (let count = 0; !state.isOver; count += 1)
      await step(metered, client, books, { worker, count, random });
  });
  const finished = Promise.all(work);
  while (report.kills < options.kills || (report.replayed === 0 && report.kills < options.maxKills)) {
    const before = report.done;
    const flood = awaitUntil('requests are done', floodTimeoutMs, () =>
      Promise.resolve(report.done >= before + requestsPerRound || null),
    );
    await Promise.race([flood, finished]);
    await delay(random(longestFloodMs));
    client.pause();
    await metered.server.kill();
    report.kills += 1;
    if (options.auditsEach) report.errors.push(...(await ledgerVerifyErrors(storage)));
    await storage.withDatabase((database) => beginPeriod(database, report.kills));
    metered.server = await startServer(environment);
    client.resume();
  }
  state.isOver = true;
  await finished;
  await settleEverything(metered, client, books);
  const { code } = await metered.server.terminate();
  if (code !== 0) report.errors.push(`The last server ended with ${code}.`);
  const { errors, overdueHolds } = await ledgerErrors(storage);
  report.errors.push(
    ...errors,
    ...(overdueHolds === 0 ? [] : [`${overdueHolds} holds are past their deadline`]),
  );
  const found = await storage.withDatabase((database) => findErrorsInBooks(database, books));
  report.errors.push(...found.errors);
  return { ...report, allowances: found.allowances, expiries: found.expiries };
}

/** Every second account has a cap that is never reached. */
async function makeAccounts(stores: Stores): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < accounts; index += 1) {
    const userId = await createAccount(stores, openingCredits);
    if (index % 2 === 0) await stores.capStore.set(newCap(userId, { limit: openingCredits }));
    ids.push(userId);
  }
  return ids;
}

/** Makes the allowances of the current day those of an earlier one, so that the next use of each account begins a period. */
async function beginPeriod(database: Database, number: number): Promise<void> {
  await database.query({
    text: `update lots set period = 'day ' || (current_date - 1000 - $1::integer)::text,
        expires_at = expires_at - interval '1 day', created_at = created_at - interval '1 day'
      where period is not null and expires_at > now()`,
    values: [number],
  });
  await database.query({ text: 'update balances set due_at = now() where due_at is not null' });
}

/** Does one thing that a program or a customer does, and records what the responses say. */
async function step(
  metered: MeteredServer,
  client: RepeatingClient,
  books: Books,
  { worker, count, random }: { worker: number; count: number; random: Random },
): Promise<void> {
  const chosen = metered.chatters[random(chatters)];
  if (chosen !== undefined && random(6) === 0) {
    const key = `chat ${worker} ${count}`;
    const sent = await client.certainly((url) => chat(url, chosen.key, 'Hello', key));
    expectStatus(sent, 200);
    books.charge(chosen.userId, sent.body.id, sent.body.tokens_charged);
    return;
  }
  const userIds = [...metered.userIds, ...metered.chatters.map(({ userId }) => userId)];
  const userId = userIds[random(userIds.length)] ?? '';
  const post = <Body>(path: string, body: object, name: string) =>
    client.certainly<Body>((url) =>
      call(url, `/api/admin/${path}`, {
        ...{ method: 'POST', authToken: metered.serviceKey, body },
        headers: { 'Idempotency-Key': `${name} ${worker} ${count}` },
      }),
    );
  const action = { action: 'image.generate', amount: 20 };
  switch (random(5)) {
    case 0: {
      const spent = await post<Metered>(`users/${userId}/spend/`, { ...action, units: 1 }, 'spend');
      expectStatus(spent, 201);
      books.charge(userId, spent.body.id, spent.body.charged);
      return;
    }
    case 1: {
      const expiresAt = new Date(Date.now() + 500 + random(2000)).toISOString();
      const [priority, reason] = [random(2) * 1000, `lot ${worker} ${count}`];
      const body = { amount: 50, reason, expires_at: expiresAt, priority };
      const granted = await post<{ id: string }>(`users/${userId}/tokens/`, body, 'grant');
      // Its first attempt did not arrive before the expiry.
      if (granted.status === 400) return;
      expectStatus(granted, 201);
      books.grant({ userId, id: granted.body.id, amount: 50, reason, isNeverSpent: priority === 1000 });
      return;
    }
    default: {
      const held = await post<Metered>(`users/${userId}/holds/`, { ...action, ttl_seconds: 3600 }, 'hold');
      expectStatus(held, 201);
      const { id } = held.body;
      if (random(3) === 0)
        expectStatus(await post(`holds/${id}/renew/`, { ttl_seconds: 7200 }, 'renew'), 200);
      const amount = [0, 13, 20, 45][random(5)];
      const ended =
        amount === undefined
          ? await post<Metered>(`holds/${id}/release/`, {}, 'release')
          : await post<Metered>(`holds/${id}/settle/`, { amount }, 'settle');
      expectStatus(ended, 200);
      if (amount !== undefined) books.charge(userId, id, amount);
    }
  }
}

/** Uses each account once more when everything has expired that will. */
async function settleEverything(
  metered: MeteredServer,
  client: RepeatingClient,
  books: Books,
): Promise<void> {
  await delay(2500);
  for (const userId of [...metered.userIds, ...metered.chatters.map((chatter) => chatter.userId)]) {
    const body = { action: 'export.pdf', amount: 1 };
    const options = { method: 'POST', authToken: metered.serviceKey, body };
    const headers = { 'Idempotency-Key': 'last' };
    const spent = await client.certainly<Metered>((url) =>
      call(url, `/api/admin/users/${userId}/spend/`, { ...options, headers }),
    );
    expectStatus(spent, 201);
    books.charge(userId, spent.body.id, 1);
  }
}
