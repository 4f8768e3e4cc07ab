import type { NotificationPreferences, NotificationStore } from '../../ports/notification-store.js';
import { requireOwner, type Caller } from '../auth/caller.js';
import { notFound, throwIfInvalid } from '../errors.js';
import { maxCredits } from '../ledger/entry.js';
import type { WalletRules } from '../metering/wallet-rules.js';

export interface NotificationDeps {
  notificationStore: NotificationStore;
  policy: Pick<WalletRules, 'lowBalance'>;
}

/** What the owner of an account is notified of. */
export interface AccountNotifications extends NotificationPreferences {
  /** The threshold without an own one; null for none. */
  defaultLowBalance: number | null;
}

/** Returns what the caller is notified of. */
export async function readNotifications(
  { notificationStore, policy }: NotificationDeps,
  { caller }: { caller: Caller },
): Promise<AccountNotifications> {
  const preferences = await notificationStore.preferences(caller.user.id);
  if (preferences === null) throw notFound('account');
  return { ...preferences, defaultLowBalance: policy.lowBalance };
}

/** Changes what the caller is notified of. Rejects with `session_required` or `invalid_input`. */
export async function changeNotifications(
  { notificationStore, policy }: NotificationDeps,
  { caller, change }: { caller: Caller; change: Partial<NotificationPreferences> },
): Promise<AccountNotifications> {
  requireOwner(caller);
  const { lowBalance = null } = change;
  const isAmount = lowBalance === null || (Number.isSafeInteger(lowBalance) && lowBalance >= 1);
  throwIfInvalid({ low_balance: isAmount ? [] : [`Must be a whole number from 1 to ${maxCredits}.`] });
  const preferences = await notificationStore.setPreferences(caller.user.id, change, policy.lowBalance);
  if (preferences === null) throw notFound('account');
  return { ...preferences, defaultLowBalance: policy.lowBalance };
}
