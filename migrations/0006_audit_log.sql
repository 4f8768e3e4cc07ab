-- What happened to accounts, and what was tried. No reference to users: of an erased account the bare id remains.
create table audit_events (
  id uuid primary key,
  action text not null,
  user_id uuid,
  actor_id uuid,
  subject_id uuid,
  address text,
  user_agent text,
  created_at timestamptz not null default now()
);

create index audit_events_of_user on audit_events (user_id, id);
