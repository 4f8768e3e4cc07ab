import { randomUUID } from 'node:crypto';
import { reserve } from '../../src/adapters/postgres/reserve.js';
import type { Database } from '../../src/adapters/postgres/database.js';
import { balanceOf, chat, register } from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { startServer } from './server-process.js';
import type { Storage } from './storage.js';

const price = 100;
const message = 'Are you there?';
const idempotencyKey = 'a key that outlives its server';
const keyTimeoutMs = 90_000;

/**
 * Creates the state that a server leaves if it is killed between claiming an idempotency key and the response. Repeats the
 * request until it succeeds: on PostgreSQL at another running server, on the embedded database at the next one. Resolves
 * with the time since the claim in milliseconds.
 */
export async function timeUntilKeyIsFreeMs(storage: Storage, options: { leaseMs: number }): Promise<number> {
  const first = await startServer(storage.environment);
  const account = await register(first.url, 'jane_doe');
  const isEmbedded = storage.engine === 'embedded';
  if (isEmbedded) await first.terminate();
  const claimedAtMs = Date.now();
  await storage.withDatabase((database) => leaveClaimedKey(database, options.leaseMs));
  const second = isEmbedded ? await startServer(storage.environment) : first;
  await awaitUntil('the key is free', keyTimeoutMs, async () => {
    const { status } = await chat(second.url, account, message, idempotencyKey);
    if (status === 409) return null;
    if (status !== 200) throw new Error(`A repeated request returned ${status}.`);
    return true;
  });
  const freedAfterMs = Date.now() - claimedAtMs;
  const { tokens, held } = await balanceOf(second.url, account);
  if (held !== 0 || tokens !== 4000 - price)
    throw new Error(`The balance is ${tokens}, and ${held} are held.`);
  await second.terminate();
  return freedAfterMs;
}

/** Does what a server has done when it waits for the model. */
async function leaveClaimedKey(database: Database, leaseMs: number): Promise<void> {
  const [user] = await database.query<{ id: string }>({ text: 'select id from users' });
  const [userId, exchangeId, conversationId] = [user?.id ?? null, randomUUID(), randomUUID()];
  const values = [
    ...[userId, exchangeId, price, idempotencyKey, null, 'chat', null, null, leaseMs],
    ...[conversationId, 'The title', 'echo', message, JSON.stringify({ perMessage: price })],
    ...[null, null, null, null, null],
  ];
  const rows = await database.query({ text: reserve, values });
  if (rows.length !== 1) throw new Error('The key was not claimed.');
}
