-- Events of accounts, the webhooks that notify other programs of them, and mails to people.
-- Servers of the version before go on working: each new column has a default or may be null. They write no events.
-- Locks the tables as the migration of the wallet does, and lets statements of servers pass.
do $$
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table exchanges, balances, users in access exclusive mode;
      perform set_config('lock_timeout', '0', true);
      return;
    exception when lock_not_available then
      perform pg_sleep(0.05);
    end;
  end loop;
end
$$;

-- `event_sequence`: the number of the last event. `low_balance`: the threshold of `balance.low`, if it is not the default.
-- `alert_below`: a charge that leaves less than this in the balance looks whether an event is to be written; null for the
-- threshold, 1 once `balance.low` was written, 0 once `balance.exhausted` was. `alert_ends_at`: the balance plus open holds from
-- which `alert_below` is null again.
alter table balances
  add column event_sequence bigint not null default 0,
  add column low_balance bigint check (low_balance between 1 and 9007199254740991),
  add column alert_below bigint check (alert_below in (0, 1)),
  add column alert_ends_at bigint check (alert_ends_at between 1 and 9007199254740991),
  add constraint balances_alert check ((alert_below is null) = (alert_ends_at is null)) not valid;

-- True if the balance must be locked to settle it: by then `balance.low` may be due.
alter table exchanges add column locks_balance boolean not null default false;

alter table users
  add column mails_low_balance boolean not null default true,
  add column mails_paid_order boolean not null default true;

-- The outbox. `dispatched_at`: when the deliveries of the event were made. The rows do not refer to users, like the balances.
create table events (
  user_id uuid not null,
  sequence bigint not null check (sequence > 0),
  id uuid not null default gen_random_uuid(),
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  dispatched_at timestamptz,
  primary key (user_id, sequence)
);

create index events_to_dispatch on events (created_at) where dispatched_at is null;
create index events_by_age on events (created_at);

-- `secret` signs what is sent, so that it cannot be stored as a digest.
create table webhook_endpoints (
  id uuid primary key,
  url text not null,
  types text[] not null check (cardinality(types) > 0),
  secret text not null,
  disabled_at timestamptz,
  disabled_by text check (disabled_by in ('administrator', 'failures')),
  created_by uuid,
  created_at timestamptz not null default now(),
  constraint webhook_endpoints_disabled check ((disabled_at is null) = (disabled_by is null))
);

-- The notifications of one endpoint about one account, in order: one worker at a time sends it, until `lease_until`. `due_at`: when there
-- is something to send; null if there is nothing. `revision` changes with each event that is
-- added. `delivered_at`: when something was delivered last.
create table webhook_lanes (
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  user_id uuid not null,
  due_at timestamptz,
  lease_until timestamptz,
  worker uuid,
  revision bigint not null default 0,
  delivered_at timestamptz,
  primary key (endpoint_id, user_id)
);

create index webhook_lanes_due on webhook_lanes (due_at) where due_at is not null;

create table webhook_deliveries (
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  id uuid not null,
  user_id uuid not null,
  sequence bigint not null,
  status text not null default 'queued' check (status in ('queued', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  first_failed_at timestamptz,
  last_attempt_at timestamptz,
  response_status integer,
  error text,
  created_at timestamptz not null default now(),
  primary key (endpoint_id, id),
  unique (user_id, sequence, endpoint_id),
  foreign key (user_id, sequence) references events (user_id, sequence) on delete cascade,
  constraint webhook_deliveries_queued check ((status = 'queued') = (next_attempt_at is not null))
);

create index webhook_deliveries_queued on webhook_deliveries (endpoint_id, user_id, sequence) where status <> 'delivered';

-- The caps for which `cap.reached` was written in a window, which ends at `infinity` if it never does.
create table reached_caps (
  user_id uuid not null,
  cap text not null,
  window_end timestamptz not null,
  "limit" bigint not null,
  primary key (user_id, cap, window_end, "limit")
);
