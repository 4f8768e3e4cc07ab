import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { Queryable } from './database.js';
import { isDue, type LockedAccount } from './locked-account.js';

const setDue = `update balances set due_at = null, allowance_rule = $2 where user_id = $1`;

/** Does what is due for a locked account: expired credits leave, an allowance arrives. Returns the account after that. */
export async function bringLotsUpToDate(
  within: Queryable,
  account: LockedAccount,
  rules: WalletRules,
): Promise<LockedAccount> {
  if (!isDue(account, rules)) return account;
  const rule = allowanceRule(rules);
  await within.query({ text: setDue, values: [account.userId, rule] });
  return { ...account, dueAt: null, allowanceRule: rule };
}
