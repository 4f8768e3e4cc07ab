import { alertAfterRise, alertFor } from '../../domain/events/low-balance.js';
import { insertEvents } from './account-events.js';
import { heldCredits, type Account } from './account-state.js';

/**
 * Writes the events of an account whose credits have become fewer, if they are below its threshold or used up and it was not notified
 * before. `decrease`: by how many; by 0, the account counts as notified. `lowBalance`: the default threshold.
 */
export function alertIfLow(
  account: Account,
  now: Date,
  { decrease, lowBalance = null }: { decrease: number; lowBalance?: number | null | undefined },
): void {
  const available = account.balance + heldCredits(account);
  const due = alertFor(available, account.lowBalance ?? lowBalance, account.alert);
  if (due === null) return;
  account.alert = due.alert;
  if (decrease > 0) insertEvents(account, now, due.events);
}

/** Lets an account be notified again, if the credits that were added to it are enough. */
export function endAlertIfRisen(account: Account): void {
  account.alert = alertAfterRise(account.balance + heldCredits(account), account.alert);
}
