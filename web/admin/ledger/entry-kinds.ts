import type { EntryKind } from '../../api/api-objects.js';
import { choicesOf } from '../lists/filter-choices.js';

/** The choices of the filter by kind. */
export const entryKindChoices = choicesOf<EntryKind>({
  grant: 'Grant',
  purchase: 'Purchase',
  voucher: 'Voucher',
  allowance: 'Allowance',
  charge: 'Charge',
  adjustment: 'Adjustment',
  expiry: 'Expiry',
  refund: 'Refund',
  debt: 'Debt',
});
