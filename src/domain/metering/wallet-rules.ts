import { allowanceName, type Allowance } from './allowance.js';
import type { DefaultCap } from './cap.js';

/** The rules of the operator that apply to every account's wallet. */
export interface WalletRules {
  /** What each account is given in each period, or null. */
  allowance: Allowance | null;
  /** The caps of accounts for which an administrator has set no others. */
  defaultCaps: readonly DefaultCap[];
  /** The time zone by whose calendar days, weeks and months begin. */
  timeZone: string;
  /** The credits, 1 or more, below which a balance is low; null for none. An account can have its own. */
  lowBalance: number | null;
}

/** No allowance, no caps, and no balance that is low. */
export const noWalletRules: WalletRules = {
  allowance: null,
  defaultCaps: [],
  timeZone: 'UTC',
  lowBalance: null,
};

/** Returns the rule of an allowance as it is stored with an account that follows it; null without one. */
export function allowanceRule({
  allowance,
  timeZone,
}: Pick<WalletRules, 'allowance' | 'timeZone'>): string | null {
  return allowance === null ? null : `${allowanceName(allowance)}@${timeZone}`;
}
