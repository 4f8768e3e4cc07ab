-- An erased account's balance and ledger stay under its bare id, closed: nothing more is spent or granted.
alter table balances add column closed_at timestamptz;
