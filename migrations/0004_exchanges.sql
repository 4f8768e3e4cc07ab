-- Messages, their replies, and the holds on credits that each begins with.
create table exchanges (
  user_id uuid not null,
  id uuid not null,
  conversation_id uuid,
  model text not null,
  message text not null,
  reply text,
  status text not null default 'pending' check (status in ('pending', 'completed', 'failed', 'cancelled')),
  failure text,
  held bigint not null check (held between 0 and 9007199254740991),
  hold_state text not null default 'open' check (hold_state in ('open', 'captured', 'released', 'expired')),
  hold_deadline timestamptz not null,
  captured bigint,
  balance_after bigint,
  usage_input bigint,
  usage_output bigint,
  idempotency_key text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (user_id, id),
  constraint exchanges_capture_within_hold check (captured between 0 and held),
  constraint exchanges_capture_has_reply check ((hold_state = 'captured') = (captured is not null and reply is not null)),
  constraint exchanges_hold_ends_once check ((hold_state = 'open') = (ended_at is null)),
  constraint exchanges_pending_while_open check ((hold_state = 'open') = (status = 'pending'))
);

create unique index exchanges_idempotency_key on exchanges (user_id, idempotency_key) where idempotency_key is not null;
create index exchanges_open_holds on exchanges (user_id) where hold_state = 'open';
create index exchanges_hold_deadlines on exchanges (hold_deadline) where hold_state = 'open';
create index exchanges_key_ages on exchanges (created_at) where idempotency_key is not null;
