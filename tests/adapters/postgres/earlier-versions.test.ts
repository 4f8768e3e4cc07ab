import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  allExchanges,
  createAccount,
  expectSound,
  newId,
  openHold,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { embeddedTestDatabase, postgresTestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase } as const;

/** The migrations up to a number, in a folder of their own. */
async function migrationsUpTo(last: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earlier-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of await readdir(migrationsDirectory)) {
    if (Number(name.slice(0, 4)) <= last) await cp(join(migrationsDirectory, name), join(folder, name));
  }
  return folder;
}

const exchangesBefore = `
  insert into exchanges (user_id, id, model, message, reply, status, held, hold_state, hold_deadline, captured,
    balance_after, ended_at, idempotency_key)
  values
    ($1, $2, 'echo', 'settled', 'Echo: settled', 'completed', 100, 'captured', now(), 100, 800, now(), 'k'),
    ($1, $3, 'echo', 'open', null, 'pending', 100, 'open', now() + interval '1 hour', null, null, null, null)`;
const chargeBefore = `
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  values ($1, $2, 'charge', -100, 800, $3)`;

test.each(Object.entries(engines))(
  'exchanges from before there were conversations stay as they were, and can be ended: %s',
  async (_, open) => {
    const { database, drop } = await open({ isMigrated: false });
    onTestFinished(drop);
    await database.migrate(await migrationsUpTo(11));
    const stores = postgresStores(database);
    const userId = await createAccount(stores, 1000);
    const [settled, pending] = [newId(), newId()];
    await database.query({ text: exchangesBefore, values: [userId, settled, pending] });
    await database.query({ text: chargeBefore, values: [userId, newId(), settled] });
    await database.query({ text: 'update balances set balance = 800 where user_id = $1', values: [userId] });

    expect((await database.migrate(migrationsDirectory))[0]).toBe('0012_conversations.sql');

    const unknown = { conversationId: null, beginsConversation: false, price: null, answeredBy: null };
    expect(await allExchanges(stores, userId)).toMatchObject([
      { id: pending, message: 'open', status: 'pending', ...unknown },
      { id: settled, message: 'settled', reply: 'Echo: settled', captured: 100, isErased: false, ...unknown },
    ]);
    expect(await stores.conversationStore.list(userId, { limit: 10, before: null })).toMatchObject({
      results: [],
    });
    expect(await stores.chatLedger.settle(settlementOf({ userId, exchangeId: pending }, 40))).toEqual({
      outcome: 'settled',
      balance: 860,
    });
    await openHold(stores, userId, { conversation: { id: newId(), title: 'The first' } });
    await expectSound(stores);
  },
);
