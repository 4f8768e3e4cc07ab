import { dateFormat, numberFormat } from '../language/message.js';
import { errorText, commonText } from '../language/common-texts/texts.js';
import { creditAmount, creditNumber } from './credits.js';
import type { Allowance, Cap, Entry, Lot, ProblemDocument } from './api-objects.js';

const windows = ['hour', 'day', 'week', 'month', 'total'] as const;

export function isWindow(text: string): text is Cap['window'] {
  return windows.some((each) => each === text);
}

/** The window of a spending limit, after its amount. */
export function windowText(window: Cap['window']): string {
  return commonText(`window.${window}`);
}

/** The period of an allowance, after its amount. */
export function allowanceText({ amount, every }: Pick<NonNullable<Allowance>, 'amount' | 'every'>): string {
  return `${creditAmount(amount)} ${windowText(every)}`;
}

/** What a charge is for, such as `image.generate · 2`; null for a reply, and for entries that are no charge. */
export function actionOf({ action, units }: Pick<Entry, 'action' | 'units'>): string | null {
  if (action === null || action === 'chat') return null;
  return units === null ? action : `${action} · ${numberFormat().format(units)}`;
}

/** Where the credits of a lot come from. */
export function lotKindText(kind: Lot['kind']): string {
  return commonText(`lot.${kind}`);
}

/** Who set a spending limit. */
export function setterText(setter: Cap['set_by']): string {
  return commonText(`setter.${setter}`);
}

/** A moment to the minute, in the time zone of the browser. */
export function momentText(iso: string): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** Which limit forbids a message, what it leaves, and when it begins again. */
export function capReachedText({ cap, required_tokens: required }: ProblemDocument): string {
  if (cap === undefined) return errorText('cap_reached');
  const values = {
    limit: creditAmount(cap.limit),
    window: windowText(cap.window),
    left: creditNumber(cap.left),
  };
  return [
    cap.scope === 'model'
      ? commonText('cap.leavesForModel', { ...values, model: cap.model ?? '' })
      : commonText('cap.leaves', values),
    ...(required === undefined ? [] : [commonText('cap.required', { required: creditAmount(required) })]),
    commonText('cap.notSent'),
    cap.window_ends_at === null
      ? commonText('cap.beginsNever')
      : commonText('cap.begins', { moment: momentText(cap.window_ends_at) }),
  ].join(' ');
}
