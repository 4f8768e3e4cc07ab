import type { RaRecord } from 'react-admin';
import { choicesOf, type EntryKind } from '../api/api-values.js';

/** One line of the ledger, as the administration gets it. */
export interface Entry extends RaRecord<string> {
  kind: EntryKind;
  amount: number;
  balance_after: number;
  chat_id: string | null;
  reason: string | null;
  created_at: string;
  user_id: string;
  username: string | null;
}

export const entryKindChoices = choicesOf<EntryKind>({
  grant: 'Grant',
  charge: 'Charge',
  refund: 'Refund',
  adjustment: 'Adjustment',
});
