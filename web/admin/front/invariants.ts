/** How many rows of the ledger break each of its rules; none should. */
export interface LedgerState {
  broken: Record<string, number>;
  overdue_holds: number;
}

/** What holds of a sound ledger, and what it means when it does not, in sentences. */
export const invariantSentences: Record<string, { holds: string; broken: string }> = {
  balances_match_entries: {
    holds: 'Every balance is what its entries add up to, less what is held.',
    broken: 'balances are not what their entries add up to',
  },
  no_negative_balance: { holds: 'No balance is below zero.', broken: 'balances are below zero' },
  holds_end_once: {
    holds: 'Every hold is open, or ended in exactly one way.',
    broken: 'holds ended in no way or in two',
  },
  captures_within_holds: {
    holds: 'No chat was charged more than was held for it.',
    broken: 'chats were charged more than was held for them',
  },
  charges_match_replies: {
    holds: 'Every charge has its reply, and every complete reply its charge.',
    broken: 'chats have a charge without a reply, or a reply without its charge',
  },
  entries_append_only: {
    holds: 'The database refuses to change or remove an entry.',
    broken: 'of the locks on the ledger are missing from the database',
  },
  idempotency_keys_unique: {
    holds: 'No request that was repeated was charged twice.',
    broken: 'keys of repeated requests were charged twice',
  },
  credits_conserved: {
    holds: 'All tokens granted are in balances, held, or charged.',
    broken: 'tokens or sums do not add up over all accounts',
  },
};
