import type { Log } from '../../ports/log.js';
import type { NotificationStore } from '../../ports/notification-store.js';
import type { UserDirectory } from '../../ports/user-directory.js';
import type { UserStore } from '../../ports/user-store.js';
import { unknownOrigin } from '../audit/audit-event.js';
import { creditFormat } from '../ledger/credit-unit.js';
import type { Policy } from '../policy.js';
import { accountLink, administrationLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { disabledEndpointText, lowBalanceText, paidOrderText } from './event-mail-texts.js';
import type { AccountEvent } from './event.js';

export interface EventMailDeps extends NotifyDeps {
  userStore: Pick<UserStore, 'findById'>;
  userDirectory: Pick<UserDirectory, 'list'>;
  notificationStore: Pick<NotificationStore, 'preferences'>;
  log: Log;
  policy: NotifyDeps['policy'] & Pick<Policy, 'creditUnit' | 'creditDecimals' | 'publicUrl'>;
}

/**
 * Mails the owner of an account about a low balance or a paid order, unless they turned that off. An address that is not confirmed
 * can be that of another person, who could not turn it off. Never rejects.
 */
export async function mailAboutEvent(deps: EventMailDeps, event: AccountEvent): Promise<void> {
  if (event.type !== 'balance.low' && event.type !== 'order.paid') return;
  try {
    const preferences = await deps.notificationStore.preferences(event.userId);
    const found = await deps.userStore.findById(event.userId);
    if (preferences === null || found?.user.status !== 'active' || !found.user.emailVerified) return;
    const { creditUnit: name, creditDecimals: decimals } = deps.policy;
    const format = creditFormat({ name, decimals }, 'en');
    const link = accountLink(deps);
    if (event.type === 'balance.low') {
      if (!preferences.mailsLowBalance) return;
      const available = format.amount(event.data.available);
      const threshold = format.amount(event.data.threshold);
      await notifyOwner(deps, found.user, unknownOrigin, () =>
        lowBalanceText({ available, threshold }, link),
      );
    } else if (preferences.mailsPaidOrder) {
      const credits = format.amount(event.data.credits + event.data.bonusCredits);
      await notifyOwner(deps, found.user, unknownOrigin, () =>
        paidOrderText({ orderId: event.data.orderId, credits }, link),
      );
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    deps.log.warn({ eventId: event.id, error: message }, 'the mail about an event was not sent');
  }
}

const maxAdmins = 20;

/** Mails the active administrators that an endpoint was disabled, since a delivery failed at its last attempt. Never rejects. */
export async function mailAboutDisabledEndpoint(deps: EventMailDeps, url: string): Promise<void> {
  deps.log.warn({ host: new URL(url).host }, 'a webhook endpoint was disabled, since its deliveries failed');
  try {
    const everyone = { text: null, emailText: null, from: null, to: null, isDescending: false };
    const admins = await deps.userDirectory.list(
      { ...everyone, role: 'admin', status: 'active', sort: 'created_at' },
      { limit: maxAdmins, before: null },
    );
    const link = administrationLink(deps);
    for (const admin of admins.results)
      await notifyOwner(deps, admin, unknownOrigin, () => disabledEndpointText(url, link));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    deps.log.warn({ error: message }, 'the mail about a disabled webhook endpoint was not sent');
  }
}
