import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { uuidIds, nodeSecrets, systemClock } from '../../../src/adapters/system/system.js';
import { bcryptPasswordHasher } from '../../../src/adapters/crypto/password-hasher.js';
import { zxcvbnCommonPasswords } from '../../../src/adapters/passwords/common-passwords.js';
import type { Database, Statement } from '../../../src/adapters/postgres/database.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { createCore, type Core } from '../../../src/domain/core.js';
import { postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';
import { testOffer } from '../../domain/chat/test-offer.js';
import { testPolicy } from '../http/test-api.js';
import { tablesWithoutUser } from './tables-without-user.js';

const origin = { address: '192.0.2.1', userAgent: null };
const page = { limit: 20, before: null };

/** Statements that cannot use the user, because they find it. See docs/scaling.md. */
const statementsWithoutUser = ['find_imported_caller', 'find_user_by_email', 'find_user_by_username'];

let opened: TestDatabase;
const statements = new Map<string, Statement>();

beforeAll(async () => {
  opened = await postgresTestDatabase({ isMigrated: true });
  await callFrequentUseCases(coreOver(recording(opened.database)));
});
afterAll(() => opened.drop());

function recording(database: Database): Database {
  return {
    ...database,
    query: (statement) => {
      statements.set(statement.name ?? statement.text, statement);
      return database.query(statement);
    },
  };
}

function coreOver(database: Database): Core {
  return createCore({
    ...postgresStores(database),
    passwordHasher: bcryptPasswordHasher({ cost: 4 }),
    commonPasswords: zxcvbnCommonPasswords(),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
    models: [testOffer(echoModel())],
    policy: testPolicy,
  });
}

/** Calls every frequent use case, one at a time and concurrently. */
async function callFrequentUseCases(core: Core): Promise<void> {
  const people = [];
  for (let index = 0; index < 8; index += 1) {
    const input = { username: `person_${index}`, password: 'StrongPass123!', email: null, origin };
    people.push(await core.users.register(input));
  }
  statements.clear();
  const secrets = people.map(({ session }) => session.accessSecret);
  const use = async (secret: string) => {
    const caller = await core.auth.authenticate(secret);
    const { user } = caller;
    const owner = { caller, userId: user.id };
    const sent = await core.chat.send({ userId: user.id, message: 'Hello' });
    const conversation = { userId: user.id, conversationId: sent.conversationId ?? '' };
    const repeat = {
      userId: user.id,
      message: 'Again',
      conversation: { id: conversation.conversationId },
      idempotencyKey: `key of ${conversation.conversationId}`,
    };
    for (let time = 0; time < 2; time += 1) await core.chat.send(repeat);
    await core.ledger.balance(owner);
    await core.ledger.entries(owner, page);
    await core.chat.exchanges(owner, page);
    await core.chat.exchange({ ...owner, exchangeId: sent.exchangeId });
    await core.chat.conversations(owner, page);
    await core.chat.conversation({ ...owner, ...conversation }, page);
  };
  for (const secret of secrets.slice(0, 2)) await use(secret);
  await Promise.all(secrets.map(use));
  await Promise.all(
    people.map(({ user }) => core.ledger.balance({ caller: operatorCaller, userId: user.id })),
  );
}

test('every statement of chats, balances and histories finds its rows by the user', async () => {
  const names = [...statements.values()].flatMap(({ name }) => name ?? []);
  for (const name of [
    'find_caller',
    'find_callers',
    'reserve',
    'reserve_batch',
    'reserve_in_conversation',
    'settle',
    'settle_batch',
    'read_balance',
    'read_balances',
  ])
    expect(names).toContain(name);
  for (const { name, text } of statements.values()) {
    if (name !== undefined && statementsWithoutUser.includes(name)) continue;
    expect({ text, withoutUser: await tablesWithoutUser(text) }).toEqual({ text, withoutUser: [] });
  }
});

test.each([
  ['select * from balances', ['balances']],
  ['select * from balances where user_id = $1 or true', ['balances']],
  ['select * from users where username_key = $1', ['users']],
  [
    'update exchanges e set reply = $1 from requested a join balances b on b.user_id = a.user_id where e.id = a.id',
    ['exchanges'],
  ],
  ['insert into entries (id) values ($1)', ['entries']],
  ['with mine as (select * from balances where user_id = $1) select * from mine', []],
  ['select (select sum(amount) from entries), b.balance from balances b where b.user_id = $1', ['entries']],
])('tables without the user are found in: %s', async (text, tables) => {
  expect((await tablesWithoutUser(text)).sort()).toEqual(tables);
});
