import type { Exchange } from '../../domain/chat/exchange.js';
import type { CapState } from '../../domain/metering/cap.js';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Account } from './state.js';

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
 * returns the cap that allows fewer credits. From the first count on the account has `hasCaps`.
 */
export function countUse(
  _account: Account,
  _now: Date,
  _use: CappedUse,
  _rules: WalletRules,
): CapState | null {
  return null;
}

/** Returns how many credits more than its hold an exchange may cost by the caps that counted it; null without a limit. */
export function creditsLeftByCaps(
  _account: Account,
  _exchange: Readonly<Exchange>,
  _rules: WalletRules,
): number | null {
  return null;
}

/** Corrects the counts of an exchange that ended, by the credits that it costs more than it held, or less. */
export function recountEnded(_account: Account, _exchange: Readonly<Exchange>, _change: number): void {
  return;
}
