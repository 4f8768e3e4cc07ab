import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  allExchanges,
  expectSound,
  newDigest,
  newId,
  newUser,
  openHold,
  settlementOf,
} from '../../../src/testing/accounts.js';
import { emailKey, typedKey } from '../../../src/domain/users/email-address.js';
import { findByLoginName } from '../../../src/domain/users/login-name.js';
import { embeddedTestDatabase, postgresTestDatabase } from '../../setup/databases.js';
import { migrationsDirectory } from '../../setup/migrations-directory.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase } as const;

/** Copies the migrations up to a number to a new folder. */
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
const accountBefore = `
  with created as (
    insert into users (id, username, username_key, password_hash, role) values ($1, 'jane', 'jane', 'hash', 'user')
  ), opened as (
    insert into balances (user_id, balance) values ($1, 1000)
  )
  insert into entries (user_id, id, kind, amount, balance_after, reason)
  values ($1, $2, 'grant', 1000, 1000, 'Opening grant')`;
const chargeBefore = `
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  values ($1, $2, 'charge', -100, 800, $3)`;

test.each(Object.entries(engines))(
  'exchanges of a version without conversations are unchanged, and can be settled: %s',
  async (_, open) => {
    const { database, drop } = await open({ isMigrated: false });
    onTestFinished(drop);
    await database.migrate(await migrationsUpTo(11));
    const stores = postgresStores(database);
    const userId = newId();
    await database.query({ text: accountBefore, values: [userId, newId()] });
    const [settled, pending] = [newId(), newId()];
    await database.query({ text: exchangesBefore, values: [userId, settled, pending] });
    await database.query({ text: chargeBefore, values: [userId, newId(), settled] });
    await database.query({ text: 'update balances set balance = 800 where user_id = $1', values: [userId] });

    expect((await database.migrate(migrationsDirectory))[0]).toBe('0012_conversations.sql');

    const unknown = { conversationId: null, beginsConversation: false, price: null, repliedBy: null };
    expect(await allExchanges(stores, userId)).toMatchObject([
      { id: pending, message: 'open', status: 'pending', ...unknown },
      { id: settled, message: 'settled', reply: 'Echo: settled', captured: 100, isErased: false, ...unknown },
    ]);
    expect(await stores.conversationStore.list(userId, { limit: 10, before: null })).toMatchObject({
      results: [],
    });
    expect(await stores.holdLedger.settle(settlementOf({ userId, exchangeId: pending }, 40))).toEqual({
      outcome: 'settled',
      balance: 860,
      captured: 40,
      uncollected: 0,
    });
    await openHold(stores, userId, { conversation: { id: newId(), title: 'The first' } });
    await expectSound(stores);
  },
);

/** Domains with non-ASCII characters. */
const unicodeDomains = [
  'bücher.example',
  'faß.de',
  'ü.ü.ü',
  'пример.испытание',
  '日本語。jp',
  'ｋüche．example',
  'mañana-y-mañana.example',
  '3年b組金八先生.jp',
  'そのスピードで.example',
  'ヘ.com',
  '\u{20bb7}野家.example',
  '💩.la',
];

const insertBefore = `
  insert into users (id, username, username_key, email, email_key, password_hash, role)
  values ($1, $2, $2, $3, $4, 'hash', 'user')`;

test.each(Object.entries(engines))(
  'emails of a version that compared domains in Unicode are found in both forms: %s',
  async (_, open) => {
    const { database, drop } = await open({ isMigrated: false });
    onTestFinished(drop);
    await database.migrate(await migrationsUpTo(16));
    const stores = postgresStores(database);
    const addBefore = async (email: string) => {
      const id = newId();
      await database.query({ text: insertBefore, values: [id, `user_${id}`, email, typedKey(email)] });
      return id;
    };
    const ids = new Map<string, string>();
    for (const domain of unicodeDomains) ids.set(`Bob@${domain}`, await addBefore(`Bob@${domain}`));
    for (const email of ['zo..e@example.org', 'ü@example.org', 'odd@ü..org']) {
      ids.set(email, await addBefore(email));
    }
    const twins = [await addBefore('twin@bücher.example'), await addBefore('twin@xn--bcher-kva.example')];
    const owner = ids.get('Bob@faß.de') ?? '';
    const digest = newDigest();
    await stores.oneTimeTokenStore.issueReset({ emailKey: 'bob@faß.de', digest, ttlMs: 60_000 });

    await database.migrate(migrationsDirectory);

    for (const [email, id] of ids) {
      const found = await stores.userStore.findByName({ emailKey: emailKey(email) });
      expect(found?.user, email).toMatchObject({ id, email });
      expect((await findByLoginName(stores, email.replace('Bob', 'BOB')))?.user.id, email).toBe(id);
    }
    const reset = { kind: 'password_reset', userId: owner, digest } as const;
    expect(await stores.oneTimeTokenStore.findResetOwner(reset)).not.toBeNull();
    const named = await Promise.all(
      ['twin@Bücher.example', 'twin@xn--bcher-kva.example'].map((email) => findByLoginName(stores, email)),
    );
    expect(named.map((found) => found?.user.id)).toEqual(twins);
    const email = 'bob@xn--bcher-kva.example';
    const another = { ...newUser(0), email, emailKey: emailKey(email) };
    expect(await stores.userStore.create(another)).toEqual({ outcome: 'email_taken' });
  },
);
