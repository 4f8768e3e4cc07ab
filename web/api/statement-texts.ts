import { dateFormat } from '../language/message.js';
import { commonText } from '../language/common-texts/texts.js';
import type { Statement, StatementLine } from './shop-objects.js';

const kinds = [
  ...(['opening', 'grant', 'purchase', 'voucher', 'allowance'] as const),
  ...(['adjustment', 'expiry', 'refund', 'debt'] as const),
];

/** What the entries of a line have in common: their kind, or the model or action that was charged. */
export function lineText({ kind, model, action }: StatementLine): string {
  if (kind !== 'charge') {
    const known = kinds.find((each) => each === kind);
    return known === undefined ? kind : commonText(`line.${known}`);
  }
  if (action !== undefined && action !== 'chat') return action;
  return model === undefined ? commonText('line.charge') : commonText('line.repliesBy', { model });
}

/** The name of a month such as `2030-01`: `January 2030`. */
export function monthText(month: string): string {
  const monthName = dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  return monthName.format(new Date(`${month}-01T00:00:00Z`));
}

/** The months from the one of a moment to the last one, the latest first. At most ten years. */
export function monthsUntil(last: string, firstMoment: string): string[] {
  const first = firstMoment.slice(0, 7);
  const months = [last];
  for (let month = last; month > first && months.length < 120;) {
    month = previousMonth(month);
    months.push(month);
  }
  return months;
}

function previousMonth(month: string): string {
  const moment = new Date(`${month}-01T00:00:00Z`);
  moment.setUTCMonth(moment.getUTCMonth() - 1);
  return moment.toISOString().slice(0, 7);
}

/** The name of the file of a statement. */
export function statementFileName({ month }: Pick<Statement, 'month'>): string {
  return `statement-${month}.csv`;
}
