import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Queryable } from './database.js';

/** An account whose balance is locked by a transaction, so that nothing else changes its credits meanwhile. */
export interface LockedAccount {
  userId: string;
  balance: number;
  /** When the transaction began: everything in it happens at this time. */
  now: Date;
  /** When something expires or is given next, or null. */
  dueAt: Date | null;
  /** The rule of the default allowance by which `dueAt` was set, or null. */
  allowanceRule: string | null;
  /** What was left in its lots when they were last up to date; null while all its credits are one lot. */
  lotsTotal: number | null;
  /** True if expired lots keep credits for open holds. */
  keepsExpired: boolean;
  /** True if holds and charges of the account are counted for caps. */
  hasCaps: boolean;
  /** The credits below which its balance is low: its own threshold, or the default; null for none. */
  threshold: number | null;
  /** True if it was notified that its balance is low or exhausted, and it has not risen since. */
  isAlerted: boolean;
  /** Credits that the account owes. */
  debt: number;
}

interface BalanceRow {
  balance: number;
  now: Date;
  due_at: Date | null;
  allowance_rule: string | null;
  lots_total: number | null;
  keeps_expired: boolean;
  has_caps: boolean;
  low_balance: number | null;
  is_alerted: boolean;
  debt: number;
}

const lockBalance = `
  select balance, now() as now, due_at, allowance_rule, lots_total, keeps_expired, has_caps, debt,
    low_balance, alert_below is not null as is_alerted
  from balances where user_id = $1 and (closed_at is null or $2::boolean) for update`;

/**
 * Locks the balance of an account until the transaction ends. Returns null if there is no such account, or, unless
 * `alsoClosed`, if it was erased. `lowBalance`: the default threshold; without one, only its own applies.
 */
export async function lockAccount(
  within: Queryable,
  userId: string,
  { alsoClosed = false, lowBalance = null }: { alsoClosed?: boolean; lowBalance?: number | null } = {},
): Promise<LockedAccount | null> {
  const [row] = await within.query<BalanceRow>({ text: lockBalance, values: [userId, alsoClosed] });
  if (row === undefined) return null;
  return {
    userId,
    balance: row.balance,
    now: row.now,
    dueAt: row.due_at,
    allowanceRule: row.allowance_rule,
    lotsTotal: row.lots_total,
    keepsExpired: row.keeps_expired,
    hasCaps: row.has_caps,
    threshold: row.low_balance ?? lowBalance,
    isAlerted: row.is_alerted,
    debt: row.debt,
  };
}

/** Whether something expires or is given before an account's credits can be used. */
export function isDue(account: LockedAccount, rules: WalletRules): boolean {
  const { dueAt, now } = account;
  return (dueAt !== null && dueAt <= now) || account.allowanceRule !== allowanceRule(rules);
}
