/** Where Citus keeps a table. */
export type TablePlacement =
  /** Its rows are on the node of their user; the value is the column with the id. */
  | { kind: 'distributed'; column: string; isOfAccount: boolean }
  /** Every node has a copy. */
  | { kind: 'reference' }
  /** Only on the coordinator. */
  | { kind: 'local' };

const ofAccount = { kind: 'distributed', column: 'user_id', isOfAccount: true } as const;
const reference = { kind: 'reference' } as const;
const local = { kind: 'local' } as const;

/**
 * Where Citus keeps each table, in the order in which they are distributed: a table after those that it references. Whatever
 * belongs to an account is on one node, so that each statement of a chat runs there.
 */
export const tablePlacements: Readonly<Record<string, TablePlacement>> = {
  // Names, emails and identities at providers are unique across all accounts, and what accounts have refers to these tables.
  users: reference,
  identities: reference,
  sign_in_attempts: reference,
  identity_challenges: reference,
  webhook_endpoints: reference,
  voucher_batches: reference,
  vouchers: reference,

  balances: ofAccount,
  entries: ofAccount,
  exchanges: ofAccount,
  conversations: ofAccount,
  lots: ofAccount,
  lot_changes: ofAccount,
  hold_lots: ofAccount,
  allowances: ofAccount,
  debt_holds: ofAccount,
  sessions: ofAccount,
  auth_tokens: ofAccount,
  api_keys: ofAccount,
  one_time_tokens: ofAccount,
  known_networks: ofAccount,
  totp_factors: ofAccount,
  recovery_codes: ofAccount,
  passkeys: ofAccount,
  email_changes: ofAccount,
  caps: ofAccount,
  cap_counters: ofAccount,
  reached_caps: ofAccount,
  orders: ofAccount,
  order_facts: ofAccount,
  events: ofAccount,
  webhook_lanes: ofAccount,
  webhook_deliveries: ofAccount,
  voucher_redemptions: ofAccount,

  rate_limits: { kind: 'distributed', column: 'key', isOfAccount: false },

  // Few rows are written to these, or none is read by the id of an account.
  audit_events: local,
  imported_accounts: local,
  first_admin_secrets: local,
  service_keys: local,
  refused_payment_events: local,
  payment_cursors: local,
  write_probes: local,
  migrations: local,
};
