import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresLedgerAudit } from '../../../src/adapters/postgres/ledger-audit.js';
import type { InvariantName, LedgerAuditReport } from '../../../src/domain/ledger/invariants.js';
import type { NewCap } from '../../../src/ports/cap-store.js';
import { createAccount, newId, openHold, releaseOf, settlementOf } from '../../../src/testing/accounts.js';
import { newCap } from '../../../src/testing/caps/new-cap.js';
import { sqlEngines, type SqlHarness } from './sql-harness.js';

/** Ids of the rows of one account that the scripts change. */
interface Scene {
  userId: string;
  open: string;
  released: string;
  settled: string;
}

const withoutEntryTrigger = 'alter table entries disable trigger entries_append_only';
const withTrigger = 'alter table entries enable always trigger entries_append_only';

/** Statements that let an account use a voucher of 5 credits. */
function voucherOf(userId: string): string[] {
  const [batchId, entryId] = [newId(), newId()];
  const digest = "sha256('a code'::bytea)";
  return [
    `insert into voucher_batches (id, codes, credits, max_redemptions) values ('${batchId}', 1, 5, 1)`,
    `insert into vouchers (digest, batch_id, redemptions, max_redemptions) values (${digest}, '${batchId}', 1, 1)`,
    `update balances set balance = balance + 5 where user_id = '${userId}'`,
    `insert into entries (user_id, id, kind, amount, balance_after)
      select user_id, '${entryId}', 'voucher', 5, balance from balances where user_id = '${userId}'`,
    `insert into voucher_redemptions (user_id, digest, batch_id, entry_id, credits)
      values ('${userId}', ${digest}, '${batchId}', '${entryId}', 5)`,
  ];
}

/** Scripts that break an invariant, and the number of rows that the audit must find, by invariant. */
const breaches: {
  how: string;
  script: (scene: Scene) => string[];
  expected: Partial<Record<InvariantName, number>>;
}[] = [
  {
    how: 'a balance is changed without an entry',
    script: ({ userId }) => [`update balances set balance = balance + 1 where user_id = '${userId}'`],
    expected: { balances_match_entries: 1, credits_conserved: 1 },
  },
  {
    how: 'an entry is written without moving the balance',
    script: ({ userId }) => [
      `insert into entries (user_id, id, kind, amount, balance_after)
        values ('${userId}', '${newId()}', 'grant', 5, 5)`,
    ],
    expected: { balances_match_entries: 1, credits_conserved: 1 },
  },
  {
    how: 'credits are moved from one account to another',
    script: ({ userId }) => [
      `update balances set balance = balance - 10 where user_id = '${userId}'`,
      `insert into balances (user_id, balance) values ('${newId()}', 10)`,
    ],
    expected: { balances_match_entries: 2 },
  },
  {
    how: 'a balance is lost',
    script: ({ userId }) => [`delete from balances where user_id = '${userId}'`],
    expected: { balances_match_entries: 1, credits_conserved: 1 },
  },
  {
    how: 'a lot has more left than the balance',
    script: ({ userId }) => [
      `insert into lots (user_id, id, kind, amount, left_over, priority) values ('${userId}', '${userId}', 'opening', 1, 1, 50)`,
    ],
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'lots have more credits than were ever added',
    script: ({ userId }) => [
      `insert into lots (user_id, id, kind, amount, left_over, priority)
        select user_id, user_id, 'opening', 1000000, balance, 50 from balances where user_id = '${userId}'`,
      `update balances set lots_total = balance where user_id = '${userId}'`,
    ],
    expected: { lots_match_balances: 1 },
  },
  {
    how: 'credits are left of a lot that expired three minutes ago',
    script: ({ userId }) => [
      `insert into lots (user_id, id, kind, amount, left_over, priority, expires_at)
        select user_id, user_id, 'grant', 1000, 1000, 50, now() - interval '3 minutes' from balances
        where user_id = '${userId}'`,
      `update balances set lots_total = 1000 where user_id = '${userId}'`,
    ],
    expected: { lots_end_in_time: 1 },
  },
  {
    how: 'a voucher has more uses than it counts and allows',
    script: ({ userId }) => [
      ...voucherOf(userId),
      `insert into voucher_redemptions (user_id, digest, batch_id, entry_id, credits)
        select gen_random_uuid(), digest, batch_id, entry_id, credits from voucher_redemptions`,
    ],
    // The voucher, and the use without an entry.
    expected: { vouchers_redeemed_once: 2 },
  },
  {
    how: 'an account has used a voucher twice',
    script: ({ userId }) => [
      'alter table voucher_redemptions drop constraint voucher_redemptions_pkey',
      'alter table vouchers drop constraint vouchers_redeemed_within_maximum',
      ...voucherOf(userId),
      `insert into voucher_redemptions (user_id, digest, batch_id, entry_id, credits)
        select user_id, digest, batch_id, entry_id, credits from voucher_redemptions`,
      'update vouchers set redemptions = 2, max_redemptions = 2',
    ],
    expected: { vouchers_redeemed_once: 1 },
  },
  {
    how: 'a voucher has given other credits than its entry says',
    script: ({ userId }) => [...voucherOf(userId), 'update voucher_redemptions set credits = credits + 1'],
    expected: { vouchers_redeemed_once: 1 },
  },
  {
    how: 'a period has two allowances',
    script: ({ userId }) => [
      'drop index lots_one_allowance',
      `insert into lots (user_id, id, kind, amount, left_over, priority, period)
        select user_id, gen_random_uuid(), 'allowance', 500, 500, 10, 'month 2026-11-01'
        from balances, generate_series(1, 2) where user_id = '${userId}'`,
      `update balances set lots_total = 1000 where user_id = '${userId}'`,
    ],
    expected: { allowances_given_once: 1 },
  },
  {
    how: 'a balance is negative, and its entries say so too',
    script: ({ userId }) => [
      'alter table balances drop constraint balances_balance_check',
      'alter table entries drop constraint entries_consistent',
      `insert into entries (user_id, id, kind, amount, balance_after)
        select user_id, '${newId()}', 'adjustment', -balance - 1, -1 from balances where user_id = '${userId}'`,
      `update balances set balance = -1 where user_id = '${userId}'`,
    ],
    expected: { no_negative_balance: 1 },
  },
  {
    how: 'a hold has an unknown state',
    script: ({ released }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set hold_state = 'lost' where id = '${released}'`,
    ],
    expected: { holds_end_once: 1 },
  },
  {
    how: 'an open hold has ended',
    script: ({ open }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set ended_at = now() where id = '${open}'`,
    ],
    expected: { holds_end_once: 1 },
  },
  {
    how: 'an open hold is not pending',
    script: ({ open }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set status = 'failed' where id = '${open}'`,
    ],
    expected: { holds_end_once: 1 },
  },
  {
    how: 'a released hold was captured too',
    script: ({ released }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set captured = 0 where id = '${released}'`,
    ],
    expected: { holds_end_once: 1 },
  },
  {
    how: 'one exchange is charged twice',
    script: ({ userId, settled }) => [
      'drop index entries_one_charge',
      `insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
        values ('${userId}', '${newId()}', 'charge', 0, 0, '${settled}')`,
    ],
    expected: { holds_end_once: 1, charges_match_replies: 1 },
  },
  {
    how: 'more is captured than was held',
    script: ({ userId, settled }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set held = 59 where id = '${settled}' and user_id = '${userId}'`,
    ],
    expected: { captures_within_holds: 1 },
  },
  {
    how: 'more was taken beyond the hold than was charged',
    script: ({ settled }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set taken = 1 where id = '${settled}'`,
    ],
    expected: { captures_within_holds: 1 },
  },
  {
    how: 'something is uncollected although the charge is below the hold',
    script: ({ settled }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set uncollected = 1 where id = '${settled}'`,
    ],
    expected: { captures_within_holds: 1 },
  },
  {
    how: 'a negative amount is captured',
    script: ({ settled }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set captured = -1 where id = '${settled}'`,
    ],
    expected: { captures_within_holds: 1, charges_match_replies: 1, credits_conserved: 1 },
  },
  {
    how: 'a charged exchange lost its reply',
    script: ({ settled }) => [
      'alter table exchanges drop constraint exchanges_consistent',
      `update exchanges set reply = null where id = '${settled}'`,
    ],
    expected: { charges_match_replies: 2 },
  },
  {
    how: 'a charge has no exchange',
    script: ({ settled }) => [`delete from exchanges where id = '${settled}'`],
    expected: { charges_match_replies: 1, credits_conserved: 1 },
  },
  {
    how: 'a completed reply was never charged',
    script: ({ released }) => [
      `update exchanges set status = 'completed', reply = 'free' where id = '${released}'`,
    ],
    expected: { charges_match_replies: 1 },
  },
  {
    how: 'the charge differs from the captured amount',
    script: ({ userId, settled }) => [
      withoutEntryTrigger,
      `update entries set amount = amount - 1 where user_id = '${userId}' and exchange_id = '${settled}'`,
      withTrigger,
    ],
    expected: { balances_match_entries: 1, charges_match_replies: 1 },
  },
  {
    how: 'an entry was removed',
    script: ({ userId, settled }) => [
      withoutEntryTrigger,
      `delete from entries where user_id = '${userId}' and exchange_id = '${settled}'`,
      withTrigger,
    ],
    expected: { balances_match_entries: 1, holds_end_once: 1, charges_match_replies: 1 },
  },
  {
    how: 'one key has two exchanges',
    script: ({ settled, released }) => [
      'drop index exchanges_idempotency_key',
      `update exchanges set idempotency_key = 'k' where id in ('${settled}', '${released}')`,
    ],
    expected: { idempotency_keys_unique: 1 },
  },
];

/** The caps of the account in scripts about caps. */
const caps: Partial<NewCap>[] = [{}, { window: 'month' }, { scope: 'model', model: 'echo' }];

const capBreaches: typeof breaches = [
  {
    how: 'a cap has counted more than was charged and is held',
    script: ({ userId }) => [
      `update cap_counters set counted = counted + 1 where user_id = '${userId}' and cap = 'total account'`,
    ],
    expected: { caps_match_exchanges: 1 },
  },
  {
    how: 'caps did not count a charge',
    script: ({ settled }) => [`update exchanges set captured = captured - 1 where id = '${settled}'`],
    expected: { caps_match_exchanges: 3, charges_match_replies: 1, credits_conserved: 1 },
  },
  {
    how: 'a hold moved into a window after it was counted',
    script: ({ open }) => [
      `update exchanges set created_at = now() - interval '40 days' where id = '${open}'`,
    ],
    expected: { caps_match_exchanges: 1 },
  },
  {
    how: 'an account with caps is taken for one without',
    script: ({ userId }) => [`update balances set has_caps = false where user_id = '${userId}'`],
    expected: { caps_match_exchanges: 6 },
  },
];

const triggerBreaches = [
  { how: 'is dropped', script: ['drop trigger entries_append_only on entries'], rows: 3 },
  { how: 'is disabled', script: [withoutEntryTrigger], rows: 3 },
  { how: 'is off in replicas', script: ['alter table entries enable trigger entries_append_only'], rows: 3 },
  { how: 'lost its function', script: ['drop function refuse_ledger_change cascade'], rows: 3 },
  {
    how: 'allows truncation',
    script: [
      'drop trigger entries_append_only on entries',
      `create trigger entries_append_only before update or delete on entries
        for each statement execute function refuse_ledger_change()`,
      withTrigger,
    ],
    rows: 1,
  },
  {
    how: 'runs for each row',
    script: [
      'drop trigger entries_append_only on entries',
      `create trigger entries_append_only before update or delete on entries
        for each row execute function refuse_ledger_change()`,
      withTrigger,
    ],
    rows: 3,
  },
  {
    how: 'runs for one column',
    script: [
      'drop trigger entries_append_only on entries',
      `create trigger entries_append_only before update of reason or delete or truncate on entries
        for each statement execute function refuse_ledger_change()`,
      withTrigger,
    ],
    rows: 3,
  },
  {
    how: 'has a condition',
    script: [
      'drop trigger entries_append_only on entries',
      `create trigger entries_append_only before update or delete or truncate on entries
        for each statement when (false) execute function refuse_ledger_change()`,
      withTrigger,
    ],
    rows: 3,
  },
  {
    how: 'does nothing',
    script: [
      `create or replace function refuse_ledger_change() returns trigger language plpgsql
        as $$ begin return null; end $$`,
    ],
    rows: 3,
  },
];

class RolledBack extends Error {}

describe.each(Object.entries(sqlEngines))('an audit of %s', (_, open) => {
  let harness: SqlHarness;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness.close());

  /** Runs a script and the audit in a transaction that is rolled back. */
  async function auditAfter(script: readonly string[]): Promise<LedgerAuditReport> {
    const reports: LedgerAuditReport[] = [];
    const rolledBack = harness.database.transaction(async (within) => {
      for (const text of script) await within.query({ text });
      reports.push(await postgresLedgerAudit({ ...harness.database, ...within }).inspect());
      throw new RolledBack();
    });
    await expect(rolledBack).rejects.toThrow(RolledBack);
    const [report] = reports;
    if (report === undefined) throw new Error('The audit returned no report.');
    return report;
  }

  async function createScene(caps: readonly Partial<NewCap>[] = []): Promise<Scene> {
    const { stores } = harness;
    const userId = await createAccount(stores, 1000);
    for (const cap of caps) await stores.capStore.set(newCap(userId, cap));
    const [open, released, settled] = [
      await openHold(stores, userId),
      await openHold(stores, userId),
      await openHold(stores, userId),
    ];
    await stores.holdLedger.release(releaseOf(released));
    await stores.holdLedger.settle(settlementOf(settled, 60));
    const ids = { open: open.exchangeId, released: released.exchangeId, settled: settled.exchangeId };
    return { userId, ...ids };
  }

  function expectBroken(report: LedgerAuditReport, expected: Partial<Record<InvariantName, number>>) {
    const found = Object.entries(report.broken).filter(([, count]) => count > 0);
    expect(Object.fromEntries(found)).toEqual(expected);
  }

  test.each(breaches)('finds that $how', async ({ script, expected }) => {
    const scene = await createScene();
    expectBroken(await harness.stores.ledgerAudit.inspect(), {});
    expectBroken(await auditAfter(script(scene)), expected);
  });

  test.each(capBreaches)('finds that $how', async ({ script, expected }) => {
    const scene = await createScene(caps);
    expectBroken(await harness.stores.ledgerAudit.inspect(), {});
    expectBroken(await auditAfter(script(scene)), expected);
  });

  test.each(triggerBreaches)('finds that the trigger of the ledger $how', async ({ script, rows }) => {
    expectBroken(await auditAfter(script), { entries_append_only: rows });
    expectBroken(await harness.stores.ledgerAudit.inspect(), {});
  });
});
