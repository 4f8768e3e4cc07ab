/** Why something that the payment provider reported was applied to nothing. */
export const problemTexts: Partial<Record<string, string>> = {
  wrong_amount: 'The amount is not that of the order.',
  wrong_currency: 'The currency is not that of the order.',
  paid_twice: 'The order was paid before, by another payment.',
  payment_not_applied: 'It is about a payment that was itself applied to nothing.',
  account_erased: 'The account was erased.',
  balance_out_of_range: 'The balance or the debt would be too large.',
  invalid_signature: 'The signature of the event is wrong or too old. It may not be from the provider.',
};

/** What the payment provider reported. */
export const factKindTexts: Partial<Record<string, string>> = {
  paid: 'Payment',
  refunded: 'Refund',
  disputed: 'Dispute',
  dispute_won: 'Dispute won',
  dispute_lost: 'Dispute lost',
  expired: 'Checkout ended',
};
