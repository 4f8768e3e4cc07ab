import { setTimeout as delay } from 'node:timers/promises';
import type { Stores } from '../../src/ports/stores.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { createAccount } from '../../src/testing/accounts.js';
import { call, logIn } from './api-client.js';
import { startMetered } from './metered-program.js';
import { expectStatus, repeatingClient } from './repeating-client.js';
import { startServer, type Environment, type ServerProcess } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';
import { receptionsOf, startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

const accounts = 24;
const workers = 8;
const receptionsPerRound = 40;
const receptionsWithoutKills = 300;
const longestFloodMs = 400;
const floodTimeoutMs = 120_000;
/** Retries of what failed and the leases of dead workers take their time. */
const deliveryTimeoutMs = 300_000;

/** The results of a series of kills during deliveries. */
export interface DeliveryReport {
  kills: number;
  /** Events that were written, and so had to arrive. */
  events: number;
  /** Receptions of events that had arrived before. */
  repeated: number;
  /** Attempts that the receiver rejected, or left without a response. */
  failed: number;
  errors: string[];
}

/**
 * Grants credits to many accounts, for each of which an event is delivered, and kills servers repeatedly at random moments:
 * one of them, or all. Unless `isReliable`, the receiver fails sometimes, or accepts without a response. In the end, it has
 * every event, those of an account in order.
 */
export async function killMidDelivery(
  storage: Storage,
  options: { kills: number; servers: number; random: (below: number) => number; isReliable: boolean },
): Promise<DeliveryReport> {
  const { random, isReliable } = options;
  const receiver = await startWebhookReceiver(() => {
    const chance = isReliable ? 0 : random(60);
    return {
      reception: chance === 1 ? 'fail' : chance === 2 ? 'accept and break' : 'accept',
      delayMs: random(4) === 0 ? random(60) : 0,
    };
  });
  const environment = { ...storage.environment, WEBHOOK_ALLOW_PRIVATE: 'true' };
  const makeAccounts = (stores: Stores) =>
    Promise.all(Array.from({ length: accounts }, () => createAccount(stores, 100)));
  const { server, serviceKey, userIds } = await startMetered(storage, environment, {
    makeAccounts,
    chatters: 0,
  });
  await addEndpoint(server, receiver);
  const state = {
    isOver: false,
    servers: [server, ...(await startSeveral(environment, options.servers - 1))],
  };
  const counts = { done: 0, interrupted: 0, replayed: 0 };
  const client = repeatingClient(() => state.servers[random(state.servers.length)]?.url ?? '', counts);
  const granting = Array.from({ length: workers }, async (_, worker) => {
    for (let count = 0; !state.isOver; count += 1) {
      const userId = userIds[random(userIds.length)] ?? '';
      const headers = { 'Idempotency-Key': `grant ${worker} ${count}` };
      const body = { amount: 1, reason: 'Spring' };
      const granted = await client.certainly((url) =>
        call(url, `/api/admin/users/${userId}/tokens/`, { authToken: serviceKey, body, headers }),
      );
      expectStatus(granted, 201);
      await delay(random(40));
    }
  });
  const finished = Promise.all(granting);
  let kills = 0;
  for (let round = 0; round < Math.max(1, options.kills); round += 1) {
    const before = receiver.accepted.length;
    const wanted = options.kills === 0 ? receptionsWithoutKills : receptionsPerRound;
    const flood = awaitUntil('events are received', floodTimeoutMs, () =>
      Promise.resolve(receiver.accepted.length >= before + wanted || null),
    );
    await Promise.race([flood, finished]);
    if (options.kills === 0) break;
    await delay(random(longestFloodMs));
    const victims = state.servers.filter((_, index) => index === kills % options.servers || random(3) === 0);
    await Promise.all(victims.map((one) => one.kill()));
    kills += 1;
    const survivors = state.servers.filter((one) => !victims.includes(one));
    state.servers = [...survivors, ...(await startSeveral(environment, victims.length))];
  }
  state.isOver = true;
  await finished;
  const errors = await awaitDeliveries(receiver, counts.done);
  for (const one of state.servers) {
    const { code } = await one.terminate();
    if (code !== 0) errors.push(`A server ended with ${code}: ${one.output()}`);
  }
  errors.push(...(await ledgerErrors(storage)).errors, ...(await findErrors(storage, receiver)));
  const { repeated } = receptionsOf(receiver.accepted);
  await receiver.close();
  return { kills, events: counts.done, repeated, failed: receiver.failed, errors };
}

function startSeveral(environment: Environment, count: number): Promise<ServerProcess[]> {
  return Promise.all(Array.from({ length: count }, () => startServer(environment)));
}

async function addEndpoint({ url }: ServerProcess, receiver: WebhookReceiver): Promise<void> {
  const { authToken } = await logIn(url, 'root');
  const body = { url: receiver.url, types: ['credits.granted'] };
  const created = await call<{ secret: string }>(url, '/api/admin/webhooks/', { authToken, body });
  expectStatus(created, 201);
  receiver.secret = created.body.secret;
}

async function awaitDeliveries(receiver: WebhookReceiver, events: number): Promise<string[]> {
  const arrived = () => receiver.accepted.length - receptionsOf(receiver.accepted).repeated;
  try {
    await awaitUntil('every event is received', deliveryTimeoutMs, () =>
      Promise.resolve(arrived() >= events || null),
    );
    return [];
  } catch {
    return [`${arrived()} of ${events} events were received`];
  }
}

const writtenEvents = `
  select user_id, sequence from events where type = 'credits.granted' order by user_id, sequence`;

async function findErrors(storage: Storage, receiver: WebhookReceiver): Promise<string[]> {
  const { byAccount, errors } = receptionsOf(receiver.accepted);
  if (receiver.unverified > 0) errors.push(`${receiver.unverified} messages were not verified`);
  const written = await storage.withDatabase((database) =>
    database.query<{ user_id: string; sequence: number }>({ text: writtenEvents }),
  );
  const received = [...byAccount].flatMap(([userId, sequences]) =>
    sequences.map((sequence) => `${userId} ${sequence}`),
  );
  const missing = written.filter(({ user_id, sequence }) => !received.includes(`${user_id} ${sequence}`));
  for (const { user_id, sequence } of missing) errors.push(`event ${user_id} ${sequence} did not arrive`);
  if (received.length > written.length) errors.push('more events arrived than were written');
  return errors;
}
