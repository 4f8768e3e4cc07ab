import { creditAmount } from '../../api/credits.js';
import { secondsText } from '../../api/duration-text.js';
import type { Package } from '../../api/shop-objects.js';

/** What a person should know of a package before buying it. */
export function packageFacts(offer: Package): string[] {
  const { bonus_credits: bonus, limit_per_account: limit } = offer;
  const { bonus_expires_after_seconds: bonusLasts, expires_after_seconds: lasts } = offer;
  return [
    ...(bonus > 0
      ? [
          `${creditAmount(bonus)} more as a bonus` +
            (bonusLasts === null ? '' : `, for ${secondsText(bonusLasts)}`),
        ]
      : []),
    lasts === null ? 'Does not expire' : `Expires ${secondsText(lasts)} after the payment`,
    ...(limit === null
      ? []
      : [limit === 1 ? 'Once for an account' : `At most ${limit} times for an account`]),
  ];
}
