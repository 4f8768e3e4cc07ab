import { alertAtThreshold } from '../../domain/events/low-balance.js';
import type { NotificationPreferences, NotificationStore } from '../../ports/notification-store.js';
import type { Database } from './database.js';
import { lockAccount } from './locked-account.js';
import { storeThreshold } from './low-balance.js';

const find = `
  select b.low_balance, u.mails_low_balance, u.mails_paid_order
  from users u join balances b on b.user_id = u.id where u.id = $1`;

const changeMails = `
  update users
  set mails_low_balance = coalesce($2, mails_low_balance), mails_paid_order = coalesce($3, mails_paid_order)
  where id = $1`;

interface PreferenceRow {
  low_balance: number | null;
  mails_low_balance: boolean;
  mails_paid_order: boolean;
}

function preferencesOf(row: PreferenceRow | undefined): NotificationPreferences | null {
  if (row === undefined) return null;
  return {
    lowBalance: row.low_balance,
    mailsLowBalance: row.mails_low_balance,
    mailsPaidOrder: row.mails_paid_order,
  };
}

/** What the owners of accounts are notified of, in PostgreSQL. */
export function postgresNotificationStore(database: Database): NotificationStore {
  return {
    async preferences(userId) {
      const [row] = await database.query<PreferenceRow>({ text: find, values: [userId] });
      return preferencesOf(row);
    },
    setPreferences: (userId, { lowBalance, mailsLowBalance, mailsPaidOrder }, defaultLowBalance) =>
      database.transaction(async (within) => {
        const account = await lockAccount(within, userId);
        if (account === null) return null;
        if (lowBalance !== undefined) {
          const threshold = lowBalance ?? defaultLowBalance;
          await storeThreshold(within, account, lowBalance, (available) =>
            alertAtThreshold(available, threshold),
          );
        }
        const values = [userId, mailsLowBalance ?? null, mailsPaidOrder ?? null];
        await within.query({ text: changeMails, values });
        const [row] = await within.query<PreferenceRow>({ text: find, values: [userId] });
        return preferencesOf(row);
      }),
  };
}
