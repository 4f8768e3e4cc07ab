import { creditAmount } from '../../api/credits.js';
import { secondsText } from '../../api/duration-text.js';
import type { Package } from '../../api/shop-objects.js';
import { text } from '../texts/texts.js';

/** What a person should know of a package before buying it. */
export function packageFacts(offer: Package): string[] {
  const { bonus_credits: bonus, limit_per_account: limit } = offer;
  const { bonus_expires_after_seconds: bonusLasts, expires_after_seconds: lasts } = offer;
  const amount = creditAmount(bonus);
  const bonusText =
    bonusLasts === null
      ? text('package.bonus', { amount })
      : text('package.bonusFor', { amount, duration: secondsText(bonusLasts) });
  return [
    ...(bonus > 0 ? [bonusText] : []),
    lasts === null ? text('package.lasting') : text('package.expires', { duration: secondsText(lasts) }),
    ...(limit === null ? [] : [limit === 1 ? text('package.once') : text('package.limit', { count: limit })]),
  ];
}
