import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import { createAccount, expectSound, openHold } from '../../../src/testing/accounts.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

const insertOpenHolds = `
  insert into exchanges (user_id, id, model, message, held, hold_deadline)
  select $1, gen_random_uuid(), 'echo', 'Hello', 1, now() from generate_series(1, $2)`;
const deductHeld = `update balances set balance = balance - $2 where user_id = $1`;

const insertSettled = `
  insert into exchanges (user_id, id, model, message, reply, status, held, hold_state, hold_deadline, captured, ended_at)
  select $1, gen_random_uuid(), 'echo', 'Hello', 'Hi', 'completed', 1, 'captured', now(), 1, now()
  from generate_series(1, $2)`;
const insertCharges = `
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select user_id, gen_random_uuid(), 'charge', -1, 0, id from exchanges
  where user_id = $1 and hold_state = 'captured'`;

describe.each(Object.entries(sqlEngines))('a large ledger on %s', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  const run = (text: string, ...values: (string | number)[]) => harness.database.query({ text, values });

  test('more overdue holds than one query returns are all expired', async () => {
    const userId = await createAccount(harness.stores, 1000);
    await run(insertOpenHolds, userId, 501);
    await run(deductHeld, userId, 501);
    expect(await harness.stores.holdLedger.expireHolds({ everyOpen: false })).toBe(501);
    expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: 1000, held: 0 });
    await expectSound(harness.stores);
  });

  test('a hold without a balance does not prevent the expiry of others', async () => {
    const [lostId, userId] = [
      await createAccount(harness.stores, 100),
      await createAccount(harness.stores, 100),
    ];
    await openHold(harness.stores, lostId);
    await openHold(harness.stores, userId);
    await run('delete from balances where user_id = $1', lostId);
    expect(await harness.stores.holdLedger.expireHolds({ everyOpen: true })).toBe(1);
    expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: 100, held: 0 });
    await run('insert into balances values ($1, 0)', lostId);
    expect(await harness.stores.holdLedger.expireHolds({ everyOpen: true })).toBe(1);
    await expectSound(harness.stores);
  });

  test('the time of an audit is not quadratic in the number of chats of an account', async () => {
    const chats = 20_000;
    const userId = await createAccount(harness.stores, chats);
    await run(insertSettled, userId, chats);
    await run(insertCharges, userId);
    await run(deductHeld, userId, chats);
    const report = await harness.stores.ledgerAudit.inspect();
    expect(isSound(report)).toBe(true);
  });
});
