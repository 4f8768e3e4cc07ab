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
const freedTimeoutMs = 90_000;

/**
 * Leaves an idempotency key as a server leaves it that dies between its claim and the answer, and repeats the request
 * until it is answered: on PostgreSQL at a server that ran beside the dead one, else at the next one. Resolves with how
 * long that took from the claim.
 */
export async function keyFreedAfterMs(storage: Storage, options: { leaseMs: number }): Promise<number> {
  const first = await startServer(storage.environment);
  const account = await register(first.url, 'jane_doe');
  const isAlone = storage.engine === 'embedded';
  if (isAlone) await first.terminate();
  const claimedAtMs = Date.now();
  await storage.withDatabase((database) => claimAndDie(database, options.leaseMs));
  const second = isAlone ? await startServer(storage.environment) : first;
  await awaitUntil('the key is free', freedTimeoutMs, async () => {
    const { status } = await chat(second.url, account, message, idempotencyKey);
    if (status === 409) return null;
    if (status !== 200) throw new Error(`A repeat was answered with ${status}.`);
    return true;
  });
  const freedAfterMs = Date.now() - claimedAtMs;
  const { tokens, held } = await balanceOf(second.url, account);
  if (held !== 0 || tokens !== 4000 - price) throw new Error(`${tokens} are left, and ${held} are held.`);
  await second.terminate();
  return freedAfterMs;
}

/** All that a server has done when it dies while the model works. */
async function claimAndDie(database: Database, leaseMs: number): Promise<void> {
  const [user] = await database.query<{ id: string }>({ text: 'select id from users' });
  const values = [
    ...[user?.id ?? null, randomUUID(), randomUUID(), 'echo', message, price, leaseMs, idempotencyKey],
    ...[null, price, null, null, 'The title'],
  ];
  const rows = await database.query({ text: reserve, values });
  if (rows.length !== 1) throw new Error('The key was not claimed.');
}
