import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount, newId, openHold, releaseOf, settlementOf } from '../../../src/testing/accounts.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

const largest = '9007199254740991';
const tooLarge = '9007199254740992';

/** What no row of a balance may say, as assignments of an update. */
const balances = [
  `balance = -1`,
  `balance = ${tooLarge}`,
  `debt = -1`,
  `debt = ${tooLarge}`,
  `lots_total = -1`,
  `low_balance = 0`,
  `alert_below = 2, alert_ends_at = 1`,
  `alert_below = 1, alert_ends_at = 0`,
  `alert_below = 1, alert_ends_at = null`,
  `alert_below = null, alert_ends_at = 1`,
];

/** What no row of an exchange may say, by the state of the exchange that is updated. */
const exchanges = {
  open: [
    `status = 'completed'`,
    `ended_at = now()`,
    `hold_state = 'lost'`,
    `hold_state = 'none'`,
    `captured = 0, reply = ''`,
    `hold_deadline = null`,
    `held = -1`,
    `held = ${tooLarge}`,
    `begins_conversation = true`,
    `price_per_1k_input = 1`,
    `price_per_1k_input = 1, price_per_1k_output = 1, price_per_message = 1`,
    `erased = true`,
    `erased = true, message = '', tool_calls = '[]'`,
    `erased = true, message = '', request_fingerprint = 'x'`,
  ],
  settled: [
    `status = 'pending'`,
    `status = 'lost'`,
    `status = 'imported'`,
    `ended_at = null`,
    `captured = null`,
    `reply = null`,
    `captured = -1`,
    `captured = held + 1`,
    `taken = -1`,
    `taken = -1, captured = held - 1`,
    `taken = 1`,
    `taken = 1, uncollected = -1, captured = held + 1`,
    `uncollected = 1, captured = held - 1`,
    `uncollected = ${tooLarge}`,
    `erased = true, message = ''`,
  ],
  released: [
    `captured = 0`,
    `hold_state = 'open'`,
    `hold_state = 'lost'`,
    `hold_state = 'none', status = 'imported', hold_deadline = null`,
  ],
};

/** Entries that do not exist: kind, amount, balance afterwards, exchange, idempotency key, action, units and details. */
const entries = [
  `'gift', 1, 1, null, null, null, null, null`,
  `'grant', 0, 1, null, null, null, null, null`,
  `'grant', -${tooLarge}, 1, null, null, null, null, null`,
  `'grant', ${tooLarge}, 1, null, null, null, null, null`,
  `'grant', 1, -1, null, null, null, null, null`,
  `'grant', 1, ${tooLarge}, null, null, null, null, null`,
  `'grant', 1, 1, gen_random_uuid(), null, null, null, null`,
  `'grant', 1, 1, null, null, 'image', null, null`,
  `'grant', 1, 1, null, null, null, 1, null`,
  `'grant', 1, 1, null, null, null, null, '{}'`,
  `'charge', -1, 1, null, null, null, null, null`,
  `'charge', 1, 1, gen_random_uuid(), null, null, null, null`,
  `'charge', -1, 1, gen_random_uuid(), 'key', null, null, null`,
];

const broken = /violates check constraint "(balances|exchanges|entries)_/;

describe.each(Object.entries(sqlEngines))('the rows of %s', (_, open) => {
  let harness: SqlHarness;
  let userId: string;
  const ids: Record<keyof typeof exchanges, string> = { open: '', settled: '', released: '' };
  beforeAll(async () => {
    harness = await open();
    const { holdLedger } = harness.stores;
    userId = await createAccount(harness.stores, 1000);
    const [waiting, settled, released] = [
      await openHold(harness.stores, userId),
      await openHold(harness.stores, userId),
      await openHold(harness.stores, userId),
    ];
    await holdLedger.settle(settlementOf(settled, 60));
    await holdLedger.release(releaseOf(released));
    Object.assign(ids, {
      open: waiting.exchangeId,
      settled: settled.exchangeId,
      released: released.exchangeId,
    });
  });
  afterAll(() => harness.close());

  const run = (text: string) => harness.database.query({ text });

  test.each(balances)('no balance has %s', async (assignments) => {
    const update = `update balances set ${assignments} where user_id = '${userId}'`;
    await expect(run(update)).rejects.toThrow(broken);
  });

  test.each(
    Object.entries(exchanges).flatMap(([state, rules]) => rules.map((rule) => [state, rule] as const)),
  )('no exchange that is %s has %s', async (state, assignments) => {
    const id = ids[state as keyof typeof exchanges];
    await expect(run(`update exchanges set ${assignments} where id = '${id}'`)).rejects.toThrow(broken);
  });

  test.each(entries)('no entry has the values %s', async (values) => {
    const insert = `
      insert into entries (user_id, id, kind, amount, balance_after, exchange_id, idempotency_key, action, units, details)
      values ('${userId}', '${newId()}', ${values})`;
    await expect(run(insert)).rejects.toThrow(broken);
  });

  test('a row may hold the largest numbers', async () => {
    const other = newId();
    await run(`insert into balances (user_id, balance, debt, lots_total, low_balance, alert_below, alert_ends_at)
      values ('${other}', ${largest}, ${largest}, ${largest}, ${largest}, 0, ${largest})`);
    await run(`insert into entries (user_id, id, kind, amount, balance_after)
      values ('${other}', '${newId()}', 'grant', ${largest}, ${largest})`);
    await run(`insert into exchanges (user_id, id, model, message, held, hold_deadline, status, hold_state, ended_at, reply,
        captured, uncollected)
      values ('${other}', '${newId()}', 'echo', '', ${largest}, now(), 'completed', 'captured', now(), '', ${largest}, ${largest})`);
  });
});
