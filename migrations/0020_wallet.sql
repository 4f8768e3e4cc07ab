-- One wallet for everything that costs: holds and charges of any action, lots, allowances, caps, service keys.
-- Servers of the version before go on working: each new column has a default or may be null, and what they write is read.
-- Statements of the servers lock these tables in different orders. If one of them holds a table while this waits for it and
-- waits itself for another, this gives up before the database detects a deadlock, lets it pass, and tries again.
do $$
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table entries, exchanges, balances in access exclusive mode;
      perform set_config('lock_timeout', '0', true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.05);
    end;
  end loop;
end
$$;

-- `captured` is all that was charged: `taken` of it from the balance, beyond what was held. `uncollected` was not charged,
-- because the balance did not cover it. `price` replaces the three older columns, which are read if it is null.
-- `end_key` and `end_fingerprint` identify the request that ended the hold.
alter table exchanges
  add column action text not null default 'chat',
  add column units bigint,
  add column details jsonb,
  add column key_id uuid,
  add column taken bigint not null default 0,
  add column uncollected bigint not null default 0,
  add column price jsonb,
  add column usage_cached_input bigint,
  add column usage_cache_write bigint,
  add column usage_reasoning bigint,
  add column end_key text,
  add column end_fingerprint text;

-- Every row satisfied the narrower constraint. `not valid` saves a scan of the table while all servers wait.
alter table exchanges
  drop constraint exchanges_capture_within_hold,
  add constraint exchanges_capture_within_hold check (captured between 0 and held + taken) not valid,
  add constraint exchanges_taken_beyond_hold check (
    taken between 0 and 9007199254740991 and uncollected between 0 and 9007199254740991
    and (taken = 0 or captured = held + taken) and (uncollected = 0 or captured = held + taken)) not valid;

alter table entries
  add column action text,
  add column units bigint,
  add column details jsonb;

alter table entries
  drop constraint entries_kind_check,
  add constraint entries_kind_check check (kind in (
    'grant', 'purchase', 'voucher', 'allowance', 'charge', 'adjustment', 'expiry', 'refund', 'debt')) not valid,
  add constraint entries_action_of_charge check (
    kind = 'charge' or (action is null and units is null and details is null)) not valid;

-- What an account was given, without the many charges.
create index entries_without_charges on entries (user_id) include (amount) where kind <> 'charge';

-- `due_at`: when something expires or is given next. `allowance_rule`: the rule by which `due_at` was set. `lots_total`:
-- the sum of what is left in the lots when they were last brought up to date; null while all credits are one implicit lot.
alter table balances
  add column due_at timestamptz,
  add column allowance_rule text,
  add column lots_total bigint check (lots_total between 0 and 9007199254740991),
  add column has_caps boolean not null default false;

-- Like the balances, these tables do not refer to users.
create table lots (
  user_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('opening', 'grant', 'purchase', 'voucher', 'allowance', 'adjustment')),
  amount bigint not null check (amount >= 0),
  left_over bigint not null,
  priority integer not null,
  expires_at timestamptz,
  period text,
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  constraint lots_left_within_amount check (left_over between 0 and least(amount, 9007199254740991))
);

create unique index lots_one_allowance on lots (user_id, period) where period is not null;
create index lots_with_rest on lots (user_id) where left_over > 0;
create index lots_to_expire on lots (expires_at) where left_over > 0 and expires_at is not null;

-- The holds that may still take from an expired lot, since they were made before, and what each takes if all are charged in
-- full, the oldest first.
create table hold_lots (
  user_id uuid not null,
  hold_id uuid not null,
  lot_id uuid not null,
  amount bigint not null check (amount >= 0),
  primary key (user_id, hold_id, lot_id)
);

-- Allowances of single accounts, in place of the default.
create table allowances (
  user_id uuid primary key,
  amount bigint not null check (amount between 0 and 9007199254740991),
  every text not null check (every in ('day', 'week', 'month'))
);

-- A cap on an API key ends with it.
create table caps (
  user_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('account', 'key', 'model')),
  key_id uuid,
  model text,
  "window" text not null check ("window" in ('hour', 'day', 'week', 'month', 'total')),
  "limit" bigint not null check ("limit" between 0 and 9007199254740991),
  set_by text not null check (set_by in ('administrator', 'account')),
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, key_id) references api_keys (user_id, id) on delete cascade,
  constraint caps_key_of_scope check ((scope = 'key') = (key_id is not null)),
  constraint caps_model_of_scope check ((scope = 'model') = (model is not null))
);

-- What was charged and is held in a window, of all caps with the same subject and length: `cap` names them. No end: for ever.
create table cap_counters (
  user_id uuid not null,
  cap text not null,
  window_start timestamptz not null,
  window_end timestamptz,
  key_id uuid,
  model text,
  counted bigint not null check (counted between 0 and 9007199254740991),
  primary key (user_id, cap, window_start)
);

-- API keys of programs, which belong to the installation.
create table service_keys (
  id uuid primary key,
  digest bytea not null unique check (length(digest) = 32),
  name text not null,
  last_characters text not null,
  scopes text[] not null check (scopes <@ array['metering', 'grants', 'read'] and cardinality(scopes) > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz
);

-- The models that a key may use; null for all of them.
alter table api_keys add column models text[];
