// A shop in which an order and its credits are one transaction of Drizzle: both are written, or neither. People chat
// meanwhile. DATABASE_URL is a PostgreSQL, ROUNDS how many orders are made; every second one fails.

import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { createCore, isSound, operatorCaller } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { nodeAdapters } from 'metered-chat/node';
import { fromDrizzle, openPostgres } from 'metered-chat/postgres';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const { stores, rateLimiter } = await openPostgres({ pool, schema: 'metered_chat' });
const core = createCore({
  ...{ ...nodeAdapters(), ...stores, rateLimiter },
  models: [{ name: 'echo', model: echoModel() }],
});

const db = drizzle(pool);
const orders = pgTable('orders', { id: text().primaryKey() });
await db.execute('create table if not exists orders (id text primary key)');

const caller = operatorCaller;
const { id: userId } = await core.users.adopt({ foreignId: 'jane' });
const rounds = Number(process.env['ROUNDS'] ?? 10);

async function order(id: string, isPaid: boolean): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(orders).values({ id });
    await core.within(fromDrizzle(tx)).ledger.grant({ caller, userId, amount: 500, reason: id });
    // The order and the grant are gone.
    if (!isPaid) throw new Error('The card was declined.');
  });
}

let [paid, failed, chats] = [0, 0, 0];
const workers = Array.from({ length: 5 }, async (_, worker) => {
  for (let round = worker; round < rounds; round += 5) {
    const ordered = order(`order ${round}`, round % 2 === 0);
    const chatted = core.chat.send({ userId, message: `Hello in round ${round}` });
    await ordered.then(
      () => (paid += 1),
      () => (failed += 1),
    );
    await chatted.then(() => (chats += 1));
  }
});
await Promise.all(workers);

const { balance, held } = await core.ledger.balance({ caller, userId });
const report = await core.ledger.audit({ caller });
console.log(JSON.stringify({ paid, failed, chats, orders: await db.$count(orders), balance, held }));
console.log(balance === 4000 + 500 * paid - 100 * chats, isSound(report));
await pool.end();
