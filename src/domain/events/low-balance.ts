import type { NewEvent } from './event.js';

/**
 * Which notifications of its falling balance an account got: nothing (null); or `below` 1 after `balance.low`, 0 after
 * `balance.exhausted`, until its balance plus its open holds is at least `endsAt`.
 */
export type Alert = { below: 0 | 1; endsAt: number } | null;

/**
 * Returns of what an account is notified once its credits are fewer than before, and which events that are: each of them once, until the
 * credits rose again. Returns null if there is nothing new.
 *
 * @param available The balance plus the open holds, in credits.
 * @param threshold The credits below which a balance is low, 1 or more; null for none.
 * @param alert The notifications before.
 */
export function alertFor(
  available: number,
  threshold: number | null,
  alert: Alert,
): { alert: Alert; events: NewEvent[] } | null {
  const events: NewEvent[] = [];
  let next = alert;
  if (threshold !== null && available < threshold && alert === null) {
    events.push({ type: 'balance.low', data: { available, threshold } });
    next = { below: 1, endsAt: threshold };
  }
  if (available < 1 && alert?.below !== 0) {
    events.push({ type: 'balance.exhausted', data: { available } });
    next = { below: 0, endsAt: next?.endsAt ?? 1 };
  }
  return events.length === 0 ? null : { alert: next, events };
}

/** Returns what still holds of an alert after credits were added. */
export function alertAfterRise(available: number, alert: Alert): Alert {
  if (alert === null || available >= alert.endsAt) return null;
  return { ...alert, below: available < 1 ? alert.below : 1 };
}

/** Returns what an account counts as notified when its threshold is set: that is no fall of its balance, and so no event. */
export function alertAtThreshold(available: number, threshold: number | null): Alert {
  return alertFor(available, threshold, null)?.alert ?? null;
}

/** The least balance after a charge that requires no look at the open holds, unless the account was notified before. */
export function alertThreshold(threshold: number | null): number {
  return threshold ?? 1;
}
