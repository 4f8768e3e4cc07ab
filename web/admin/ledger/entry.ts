import type { RaRecord } from 'react-admin';

/** One line of the ledger, as the administration gets it. */
export interface Entry extends RaRecord<string> {
  kind: 'grant' | 'charge' | 'refund' | 'adjustment';
  amount: number;
  balance_after: number;
  chat_id: string | null;
  reason: string | null;
  created_at: string;
  user_id: string;
  username: string | null;
}

export const entryKindChoices = [
  { id: 'grant', name: 'Grant' },
  { id: 'charge', name: 'Charge' },
  { id: 'refund', name: 'Refund' },
  { id: 'adjustment', name: 'Adjustment' },
];
