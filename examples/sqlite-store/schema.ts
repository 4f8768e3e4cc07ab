/** SQLite stores integers exactly up to 2^63; the limit of 2^53 − 1 is that of the ledger. */
export const schema = `
  create table if not exists accounts (
    user_id text primary key,
    balance integer not null check (balance between 0 and 9007199254740991),
    closed_ms integer
  ) strict;

  create table if not exists entries (
    id text primary key,
    user_id text not null,
    kind text not null,
    amount integer not null check (kind = 'charge' or amount <> 0),
    balance_after integer not null,
    exchange_id text unique,
    reason text,
    created_ms integer not null,
    idempotency_key text,
    /* The action, units and details of a charge, as JSON. */
    charge text,
    unique (user_id, idempotency_key)
  ) strict;
  create index if not exists entries_of_user on entries (user_id, id);
  create trigger if not exists entries_not_updated before update on entries
    begin select raise(abort, 'the ledger is append-only'); end;
  create trigger if not exists entries_not_deleted before delete on entries
    begin select raise(abort, 'the ledger is append-only'); end;

  create table if not exists exchanges (
    id text primary key,
    user_id text not null,
    action text not null,
    conversation_id text,
    held integer not null check (held between 0 and 9007199254740991),
    hold_state text not null,
    taken integer not null default 0 check (taken >= 0),
    captured integer check (captured between 0 and held + taken),
    deadline_ms integer not null,
    idempotency_key text,
    failure text,
    created_ms integer not null,
    /* Whatever no statement asks for, as JSON: the texts, the price, the usage. */
    facts text not null,
    stop_requested integer not null default 0
  ) strict;
  create unique index if not exists exchanges_key on exchanges (user_id, idempotency_key);
  create index if not exists exchanges_of_user on exchanges (user_id, id);
  create index if not exists exchanges_open on exchanges (deadline_ms) where hold_state = 'open';

  create table if not exists conversations (
    id text primary key,
    user_id text not null,
    title text not null,
    created_ms integer not null,
    updated_ms integer not null,
    last_exchange_id text not null,
    settings text,
    pinned integer not null default 0,
    has_branches integer not null default 0
  ) strict;

  create table if not exists audit_events (
    id text primary key,
    action text not null,
    user_id text,
    actor_id text,
    service_key_id text,
    subject_id text,
    address text,
    user_agent text,
    created_ms integer not null,
    details text
  ) strict;
  create index if not exists audit_events_of_user on audit_events (user_id, id);
`;
