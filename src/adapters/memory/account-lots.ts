import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Account } from './state.js';

/** Does what is due for an account: expired credits leave, an allowance arrives. */
export function bringLotsUpToDate(account: Account, now: Date, rules: WalletRules): void {
  const rule = allowanceRule(rules);
  if ((account.dueAt === null || account.dueAt > now) && account.allowanceRule === rule) return;
  account.dueAt = null;
  account.allowanceRule = rule;
}
