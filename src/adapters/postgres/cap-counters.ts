import type { CapState } from '../../domain/metering/cap.js';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Queryable } from './database.js';
import type { LockedAccount } from './locked-account.js';

/** A hold or a charge that is about to be made, as far as caps distinguish it. */
export interface CappedUse {
  keyId: string | null;
  /** An empty text for actions that use no model. */
  model: string;
  /** Credits. */
  credits: number;
}

/**
 * Counts a hold or a charge in the current windows of the caps that apply to it, and returns null; or counts nothing, and
 * returns the cap that allows fewer credits. From the first count on the account has `has_caps`.
 */
export function countUse(
  _within: Queryable,
  _account: LockedAccount,
  _use: CappedUse,
  _rules: WalletRules,
): Promise<CapState | null> {
  return Promise.resolve(null);
}

/** Returns how many credits more than its hold an exchange may cost by the caps that counted it; null without a limit. */
export function creditsLeftByCaps(
  _within: Queryable,
  _account: LockedAccount,
  _exchange: { keyId: string | null; model: string; createdAt: Date },
  _rules: WalletRules,
): Promise<number | null> {
  return Promise.resolve(null);
}

/**
 * A part of a statement that corrects the counts of an exchange that ended: `ended` has its `key_id`, `model`, `created_at`
 * and the `change` of its credits, `locked` the locked balance with `has_caps`.
 */
export const recountEnded = `
  recounted as (
    update cap_counters c set counted = c.counted + ended.change
    from ended, locked
    where c.user_id = $1 and locked.has_caps
      and c.window_start <= ended.created_at and (c.window_end is null or ended.created_at < c.window_end)
      and (c.key_id is null or c.key_id = ended.key_id) and (c.model is null or c.model = ended.model)
  )`;
