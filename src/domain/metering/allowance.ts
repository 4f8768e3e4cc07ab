import { maxCredits } from '../ledger/entry.js';
import { localDate, windowAt, type Period } from './window.js';

/** How often an allowance is given. */
export const allowancePeriods = ['day', 'week', 'month'] as const;
/** How often an allowance is given. */
export type AllowancePeriod = (typeof allowancePeriods)[number];

/** Credits that an account gets once in each period, and that expire with the period. */
export interface Allowance {
  /** Credits; 0 for none. */
  amount: number;
  every: AllowancePeriod;
}

/** A period of an allowance. */
export interface AllowanceDue extends Period {
  /** The name of the period; an account gets one allowance at most for each name. */
  name: string;
}

/** Returns the period of the allowance that contains a moment. */
export function allowancePeriodAt(
  { every }: Pick<Allowance, 'every'>,
  now: Date,
  timeZone: string,
): AllowanceDue {
  const period = windowAt(every, now, timeZone);
  return { ...period, name: `${every} ${localDate(period.start, timeZone)}` };
}

/** Returns an allowance as it is written in settings, such as `4000/month`. */
export function allowanceName({ amount, every }: Allowance): string {
  return `${amount}/${every}`;
}

/** Parses an allowance such as `4000/month`. Returns null if the text is none. */
export function parseAllowance(text: string): Allowance | null {
  const [, amount = '', every = ''] = /^(\d{1,16})\/(\w+)$/.exec(text) ?? [];
  const allowance = { amount: Number(amount), every: allowancePeriods.find((period) => period === every) };
  if (amount === '' || allowance.every === undefined || allowance.amount > maxCredits) return null;
  return { amount: allowance.amount, every: allowance.every };
}
