import type { EntryKind } from '../../api/api-objects.js';
import { text } from '../texts/page-texts.js';

const kinds = [
  ...(['grant', 'purchase', 'voucher', 'allowance', 'charge'] as const),
  ...(['adjustment', 'expiry', 'refund', 'debt'] as const),
];

/** The name of a kind. */
export function entryKindText(kind: EntryKind): string {
  return text(`entryKind.${kind}`);
}

/** The choices of the filter by kind. */
export function entryKindChoices(): { id: EntryKind; name: string }[] {
  return kinds.map((id) => ({ id, name: entryKindText(id) }));
}
