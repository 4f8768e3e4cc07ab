import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntries, createAccount, newId } from '../../../src/testing/accounts.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

const appendOnly = /append-only/;

/** Statements that try to change the ledger. `$1` is an account with entries. */
const attempts = [
  `update entries set amount = 1 where user_id = $1`,
  `update entries set reason = reason where user_id = $1`,
  `update only entries set reason = 'x' where user_id = $1 and false`,
  `update entries set reason = 'x' where $1::uuid is null`,
  `delete from entries where user_id = $1`,
  `delete from entries where user_id = $1 and false`,
  `with deleted as (delete from entries where user_id = $1 returning id) select count(*) from deleted`,
  `insert into entries (user_id, id, kind, amount, balance_after)
    select user_id, id, 'grant', 1, 1 from entries where user_id = $1
    on conflict (user_id, id) do update set amount = 5`,
  `merge into entries e using (select $1::uuid as user_id) s on e.user_id = s.user_id
    when matched then update set amount = 5`,
  `merge into entries e using (select $1::uuid as user_id) s on e.user_id = s.user_id
    when matched then delete`,
];

const truncations = ['truncate entries', 'truncate entries, balances cascade', 'truncate only entries'];

describe.each(Object.entries(sqlEngines))('the ledger of %s', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  test.each(attempts)('rejects: %s', async (text) => {
    const userId = await createAccount(harness.stores, 100);
    const before = await allEntries(harness.stores, userId);
    await expect(harness.database.query({ text, values: [userId] })).rejects.toThrow(appendOnly);
    // For an account without entries too: the trigger is per statement.
    await expect(harness.database.query({ text, values: [newId()] })).rejects.toThrow(appendOnly);
    expect(await allEntries(harness.stores, userId)).toEqual(before);
  });

  test.each(truncations)('rejects: %s', async (text) => {
    const userId = await createAccount(harness.stores, 100);
    await expect(harness.database.query({ text })).rejects.toThrow(appendOnly);
    expect(await allEntries(harness.stores, userId)).toHaveLength(1);
    expect(await harness.stores.creditLedger.balance(userId)).toEqual({ balance: 100, held: 0 });
  });

  test('rejects changes even with session_replication_role = replica', async () => {
    const userId = await createAccount(harness.stores, 100);
    const attempt = harness.database.transaction(async (within) => {
      await within.query({ text: `set local session_replication_role = replica` });
      await within.query({ text: `delete from entries where user_id = $1`, values: [userId] });
    });
    await expect(attempt).rejects.toThrow(appendOnly);
    expect(await allEntries(harness.stores, userId)).toHaveLength(1);
  });

  test('keeps the entries of a deleted account', async () => {
    const userId = await createAccount(harness.stores, 100);
    await harness.database.query({ text: `delete from users where id = $1`, values: [userId] });
    expect(await allEntries(harness.stores, userId)).toHaveLength(1);
  });
});
