import { creditAmount, creditNumber } from './credits.js';
import type { Allowance, Cap, Entry, Lot, ProblemDocument } from './api-objects.js';

/** The window of a spending limit, after its amount. */
export const windowTexts: Record<Cap['window'], string> = {
  hour: 'each hour',
  day: 'each day',
  week: 'each week',
  month: 'each month',
  total: 'in all',
};

/** The period of an allowance, after its amount. */
export function allowanceText({ amount, every }: Pick<NonNullable<Allowance>, 'amount' | 'every'>): string {
  return `${creditAmount(amount)} ${windowTexts[every]}`;
}

/** What a charge is for, such as `image.generate · 2`; null for a reply, and for entries that are no charge. */
export function actionOf({ action, units }: Pick<Entry, 'action' | 'units'>): string | null {
  if (action === null || action === 'chat') return null;
  return units === null ? action : `${action} · ${units.toLocaleString('en')}`;
}

/** Where the credits of a lot come from. */
export const lotKindTexts: Record<Lot['kind'], string> = {
  opening: 'Earlier balance',
  grant: 'Grant',
  purchase: 'Purchase',
  voucher: 'Voucher',
  allowance: 'Allowance',
  adjustment: 'Correction',
};

/** Who set a spending limit. */
export const setterTexts: Record<Cap['set_by'], string> = {
  administrator: 'set by an administrator',
  account: 'set by the account',
  default: 'for every account',
};

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment to the minute, in the time zone of the browser. */
export function momentText(iso: string): string {
  return moment.format(new Date(iso));
}

/** Which limit forbids a message, what it leaves, and when it begins again. */
export function capReachedText({ cap, required_tokens: required }: ProblemDocument): string {
  if (cap === undefined) return 'A spending limit is reached. The message was not sent and cost nothing.';
  const subject = cap.scope === 'model' ? ` for the model ${cap.model ?? ''}` : '';
  const requirement = required === undefined ? '' : `; this message requires ${creditAmount(required)}`;
  const begins =
    cap.window_ends_at === null
      ? 'The limit does not begin again by itself.'
      : `The limit begins again on ${momentText(cap.window_ends_at)}.`;
  return (
    `The spending limit of ${creditAmount(cap.limit)} ${windowTexts[cap.window]}${subject} leaves ${creditNumber(cap.left)}${requirement}. ` +
    `It was not sent and cost nothing. ${begins}`
  );
}
