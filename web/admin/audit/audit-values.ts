import { creditNumber } from '../../api/credits.js';
import { moneyText } from '../../api/money.js';
import { isWindow, windowText } from '../../api/wallet-texts.js';
import type { ListedAuditEvent } from '../../api/api-objects.js';
import { roleChoices, statusChoices } from '../users/user-choices.js';

export type AuditDetails = NonNullable<ListedAuditEvent['details']>;
type Change = AuditDetails['changes'][number];
type Value = Change['before'];

const fieldNames: Partial<Record<string, string>> = {
  ...{ balance: 'Balance', username: 'Username', email: 'Email', role: 'Role', status: 'Status' },
  ...{ limit: 'At most', window: 'Window', scope: 'For', model: 'Model', allowance: 'Allowance' },
  ...{ every: 'How often', name: 'Name', models: 'Models', scopes: 'May', url: 'Address', types: 'Events' },
  ...{ is_enabled: 'Enabled', credits: 'Of each', count: 'Codes', max_redemptions: 'Redemptions of each' },
  ...{ refunded: 'Refunded', currency: 'Currency' },
};

const creditFields = ['balance', 'limit', 'allowance', 'credits'];

/** The name of a changed field. */
export function fieldName(field: string): string {
  return fieldNames[field] ?? field.replaceAll('_', ' ');
}

/** A value of a changed field, in the words of the other pages. */
export function valueText(field: string, value: Value, { changes }: AuditDetails): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    const currency = changes.find((change) => change.field === 'currency')?.after;
    if (field === 'refunded' && typeof currency === 'string') return moneyText(value, currency);
    return creditFields.includes(field) ? creditNumber(value) : value.toLocaleString();
  }
  if (field === 'role') return roleChoices.find(({ id }) => id === value)?.name ?? value;
  if (field === 'status') return statusChoices.find(({ id }) => id === value)?.name ?? value;
  if (field === 'window' || field === 'every') return isWindow(value) ? windowText(value) : value;
  return value;
}

/** The changes in one line, such as `Role: User → Administrator`. */
export function changesText(details: AuditDetails): string {
  return details.changes
    .filter(({ field }) => field !== 'currency')
    .map(({ field, before, after }) => {
      const [old, now] = [valueText(field, before, details), valueText(field, after, details)];
      return `${fieldName(field)}: ${before === null ? now : `${old} → ${now}`}`;
    })
    .join(' · ');
}
