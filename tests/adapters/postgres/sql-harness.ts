import type { Database } from '../../../src/adapters/postgres/database.js';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import type { StoreHarness } from '../../../src/testing/store-harness.js';
import { embeddedTestDatabase, postgresTestDatabase, type TestDatabase } from '../../setup/databases.js';

/** A store harness with its database, for tests that run SQL. */
export interface SqlHarness extends StoreHarness {
  database: Database;
}

/** Both engines by name. Each opens a new migrated database. */
export const sqlEngines = {
  embedded: async () => sqlHarness(await embeddedTestDatabase({ isMigrated: true })),
  postgres: async () => sqlHarness(await postgresTestDatabase({ isMigrated: true })),
} as const;

export function sqlHarness({ database, drop }: TestDatabase): SqlHarness {
  return {
    database,
    stores: postgresStores(database),
    advance: async (ms) => {
      for (const text of moveTimesBack) await database.query({ text, values: [ms] });
    },
    disable: async (userId) => {
      await database.query({ text: `update users set status = 'disabled' where id = $1`, values: [userId] });
    },
    dismissAdmins: async () => {
      await database.query({ text: `update users set role = 'user' where role = 'admin'` });
    },
    close: drop,
  };
}

// The clock of the database cannot be set, so the times in its rows are moved back instead.
const age = `$1::bigint * interval '1 millisecond'`;
export const moveTimesBack = [
  // A window that is not moved by whole windows would overlap the one that contains the present. Counters are made again from
  // the exchanges.
  `delete from cap_counters
    where window_end is not null and $1::bigint % (extract(epoch from window_end - window_start) * 1000)::bigint <> 0`,
  `update cap_counters set window_start = window_start - ${age}, window_end = window_end - ${age}
    where window_end is not null`,
  `update exchanges
    set hold_deadline = hold_deadline - ${age}, created_at = created_at - ${age}, ended_at = ended_at - ${age}`,
  // A unique index is checked row by row: a period would get the name of an earlier one before that is moved.
  `update lots set period = period || ' to move' where $1::bigint <> 0`,
  `update lots set expires_at = expires_at - ${age}, created_at = created_at - ${age},
    period = split_part(period, ' ', 1) || ' ' || (split_part(period, ' ', 2)::date - ($1::bigint / 86400000)::integer)`,
  `update balances set due_at = due_at - ${age}`,
  `update orders set created_at = created_at - ${age}, expires_at = expires_at - ${age}`,
  `update auth_tokens set expires_at = expires_at - ${age}, consumed_at = consumed_at - ${age}`,
  `update lot_changes set changed_at = changed_at - ${age}`,
  `update voucher_batches set
    expires_at = expires_at - ${age}, created_at = created_at - ${age}, ended_at = ended_at - ${age}`,
  `update events set created_at = created_at - ${age}, dispatched_at = dispatched_at - ${age}`,
  `update webhook_lanes
    set due_at = due_at - ${age}, lease_until = lease_until - ${age}, delivered_at = delivered_at - ${age}`,
  `update webhook_deliveries set created_at = created_at - ${age}, next_attempt_at = next_attempt_at - ${age},
    first_failed_at = first_failed_at - ${age}, last_attempt_at = last_attempt_at - ${age}`,
  `update webhook_endpoints set created_at = created_at - ${age}, disabled_at = disabled_at - ${age}`,
  `update reached_caps set window_end = window_end - ${age} where window_end < 'infinity'`,
  `update voucher_redemptions set created_at = created_at - ${age}`,
  `update sessions set created_at = created_at - ${age}, last_used_at = last_used_at - ${age},
    proved_at = proved_at - ${age}`,
  `update totp_factors set confirmed_at = confirmed_at - ${age}`,
  `update passkeys set created_at = created_at - ${age}, last_used_at = last_used_at - ${age}`,
  `update identity_challenges set expires_at = expires_at - ${age}`,
  `update known_networks set used_at = used_at - ${age}`,
  `update one_time_tokens set expires_at = expires_at - ${age}`,
  `update email_changes
    set took_effect_at = took_effect_at - ${age}, cancellable_until = cancellable_until - ${age}`,
  `update first_admin_secrets set expires_at = expires_at - ${age}`,
  `update sign_in_attempts set expires_at = expires_at - ${age}`,
  `update identities set created_at = created_at - ${age}, last_used_at = last_used_at - ${age}`,
  `update api_keys set expires_at = expires_at - ${age}, last_used_at = last_used_at - ${age}`,
  `update service_keys set expires_at = expires_at - ${age}, last_used_at = last_used_at - ${age}`,
];
