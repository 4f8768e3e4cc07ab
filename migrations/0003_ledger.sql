-- Credits. 9007199254740991 is 2^53 - 1, the largest integer that every reader of JSON holds exactly.
-- Neither table refers to users: what was granted and spent stays on record when an account is erased.
create table balances (
  user_id uuid primary key,
  balance bigint not null check (balance between 0 and 9007199254740991)
) with (fillfactor = 50);

create table entries (
  user_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('grant', 'charge', 'refund', 'adjustment')),
  amount bigint not null check (amount between -9007199254740991 and 9007199254740991),
  balance_after bigint not null check (balance_after between 0 and 9007199254740991),
  exchange_id uuid,
  reason text,
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  check ((kind = 'charge') = (exchange_id is not null)),
  check (kind <> 'charge' or amount <= 0),
  check (kind = 'charge' or amount <> 0)
);

-- However often somebody tries to finish an exchange, the database takes one charge for it.
create unique index entries_one_charge on entries (user_id, exchange_id) where kind = 'charge';

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % of % is refused', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger entries_append_only before update or delete or truncate on entries
  for each statement execute function refuse_ledger_change();

alter table entries enable always trigger entries_append_only;
