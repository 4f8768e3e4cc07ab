import { alertFor, alertThreshold, type Alert } from '../../domain/events/low-balance.js';
import type { Queryable } from './database.js';
import { insertEvents } from './event-rows.js';
import type { LockedAccount } from './locked-account.js';
import { onlyRow } from './read-rows.js';

/**
 * The condition that no event about a low balance is due if so much stays in the balance: it stays at or above the threshold, or
 * the account was notified. Otherwise the open holds decide, with the account locked.
 *
 * @param left The balance after the statement.
 * @param threshold The default threshold; 1 if there is none, for `balance.exhausted`.
 */
export function requiresNoAlert(left: string, threshold: string, balances = 'balances'): string {
  return `${left} >= coalesce(${balances}.alert_below, ${balances}.low_balance, ${threshold}, 1)`;
}

const findAlert = `select alert_below, alert_ends_at from balances where user_id = $1`;

// A settlement of what was held does not lock the balance. Those that ended their hold before are waited for here, and the
// others will find the mark: so the last one of them sees what the others left.
const markOpenHolds = `
  update exchanges set locks_balance = true where user_id = $1 and hold_state = 'open' and not locks_balance`;

const sumOpenHolds = `
  select coalesce(sum(held), 0)::bigint as held from exchanges where user_id = $1 and hold_state = 'open'`;

const storeAlert = `update balances set alert_below = $2, alert_ends_at = $3 where user_id = $1`;

/**
 * Writes the events of a locked account whose credits have become fewer, if they are below its threshold or used up and it was
 * not notified before. `decrease`: by how many; by 0, the account counts as notified.
 */
export async function alertIfLow(
  within: Queryable,
  { userId, balance, threshold }: Pick<LockedAccount, 'userId' | 'balance' | 'threshold'>,
  decrease: number,
): Promise<void> {
  if (balance >= alertThreshold(threshold)) return;
  const values = [userId];
  const found = onlyRow(await within.query<AlertRow>({ text: findAlert, values }));
  if (found.alert_below === 0) return;
  await within.query({ text: markOpenHolds, values });
  const { held } = onlyRow(await within.query<{ held: number }>({ text: sumOpenHolds, values }));
  const due = alertFor(balance + held, threshold, alertOf(found));
  if (due === null) return;
  const { below = null, endsAt = null } = due.alert ?? {};
  await within.query({ text: storeAlert, values: [userId, below, endsAt] });
  if (decrease > 0) await insertEvents(within, userId, due.events);
}

interface AlertRow {
  alert_below: 0 | 1 | null;
  alert_ends_at: number | null;
}

function alertOf({ alert_below: below, alert_ends_at: endsAt }: AlertRow): Alert {
  return below === null || endsAt === null ? null : { below, endsAt };
}

const endAlertOfRisen = `
  update balances b
  set alert_below = case when b.balance + h.held < b.alert_ends_at then sign(b.balance + h.held) end,
    alert_ends_at = case when b.balance + h.held < b.alert_ends_at then b.alert_ends_at end
  from (
    select coalesce(sum(held), 0)::bigint as held from exchanges where user_id = $1 and hold_state = 'open') as h
  where b.user_id = $1 and b.alert_below is not null`;

/** Lets a locked account be notified again, if the credits that were added to it are enough. */
export async function endAlertIfRisen(
  within: Queryable,
  { userId, isAlerted }: Pick<LockedAccount, 'userId' | 'isAlerted'>,
): Promise<void> {
  if (isAlerted) await within.query({ text: endAlertOfRisen, values: [userId] });
}

const changeThreshold = `
  update balances set low_balance = $2, alert_below = $3, alert_ends_at = $4 where user_id = $1`;

/** Stores the own threshold of a locked account, and what it counts as notified by then. */
export async function storeThreshold(
  within: Queryable,
  { userId, balance }: Pick<LockedAccount, 'userId' | 'balance'>,
  lowBalance: number | null,
  alertAt: (available: number) => Alert,
): Promise<void> {
  const { held } = onlyRow(await within.query<{ held: number }>({ text: sumOpenHolds, values: [userId] }));
  const { below = null, endsAt = null } = alertAt(balance + held) ?? {};
  await within.query({ text: changeThreshold, values: [userId, lowBalance, below, endsAt] });
}
