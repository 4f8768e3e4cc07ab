import { creditNumber } from '../../api/credits.js';
import { moneyText } from '../../api/money.js';
import { isWindow, windowText } from '../../api/wallet-texts.js';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { roleChoices, statusChoices } from '../users/user-choices.js';
import { text } from '../texts/page-texts.js';
import { audit } from '../texts/en/audit.js';
import { countText } from '../ui/amount.js';

export type AuditDetails = NonNullable<ListedAuditEvent['details']>;
type Change = AuditDetails['changes'][number];
type Value = Change['before'];

const creditFields = ['balance', 'limit', 'allowance', 'credits'];

/** The name of a changed field. */
export function fieldName(field: string): string {
  const key = `audit.field.${field}`;
  return isKey(key) ? text(key) : field.replaceAll('_', ' ');
}

type FieldKey = Extract<keyof typeof audit, `audit.field.${string}`>;

function isKey(key: string): key is FieldKey {
  return Object.hasOwn(audit, key);
}

/** A value of a changed field, in the words of the other pages. */
export function valueText(field: string, value: Value, { changes }: AuditDetails): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return text(value ? 'ui.yes' : 'ui.no');
  if (typeof value === 'number') {
    const currency = changes.find((change) => change.field === 'currency')?.after;
    if (field === 'refunded' && typeof currency === 'string') return moneyText(value, currency);
    return creditFields.includes(field) ? creditNumber(value) : countText(value);
  }
  if (field === 'role') return roleChoices().find(({ id }) => id === value)?.name ?? value;
  if (field === 'status') return statusChoices().find(({ id }) => id === value)?.name ?? value;
  if (field === 'window' || field === 'every') return isWindow(value) ? windowText(value) : value;
  return value;
}

/** The changes in one line, such as `Role: User → Administrator`. */
export function changesText(details: AuditDetails): string {
  return details.changes
    .filter(({ field }) => field !== 'currency')
    .map(({ field, before, after }) => {
      const [old, now] = [valueText(field, before, details), valueText(field, after, details)];
      const name = fieldName(field);
      return before === null
        ? text('audit.newValue', { field: name, after: now })
        : text('audit.change', { field: name, before: old, after: now });
    })
    .join(' · ');
}
