import { alertAtThreshold } from '../../domain/events/low-balance.js';
import type { NotificationPreferences, NotificationStore } from '../../ports/notification-store.js';
import { heldCredits } from './account-state.js';
import { runAtomically, type MemoryState } from './state.js';

/** What the owners of accounts are notified of, in memory. */
export function memoryNotificationStore(state: MemoryState): NotificationStore {
  const read = (userId: string): NotificationPreferences | null => {
    const account = state.accounts.get(userId);
    if (account === undefined || account.isClosed) return null;
    const mails = state.mailPreferences.get(userId) ?? { mailsLowBalance: true, mailsPaidOrder: true };
    return { lowBalance: account.lowBalance, ...mails };
  };
  return {
    preferences: (userId) => runAtomically(() => read(userId)),
    setPreferences: (userId, change, defaultLowBalance) =>
      runAtomically(() => {
        const before = read(userId);
        const account = state.accounts.get(userId);
        if (before === null || account === undefined) return null;
        const { mailsLowBalance, mailsPaidOrder } = change;
        state.mailPreferences.set(userId, {
          mailsLowBalance: mailsLowBalance ?? before.mailsLowBalance,
          mailsPaidOrder: mailsPaidOrder ?? before.mailsPaidOrder,
        });
        if (change.lowBalance !== undefined) {
          account.lowBalance = change.lowBalance;
          const available = account.balance + heldCredits(account);
          account.alert = alertAtThreshold(available, change.lowBalance ?? defaultLowBalance);
        }
        return read(userId);
      }),
  };
}
