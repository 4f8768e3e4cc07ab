-- Auth tokens that are sent by mail and work once; a secret is kept only as its SHA-256. An account has one of each
-- kind, so that a newer one replaces the older. `email_key` is the address that it was sent to.
create table one_time_tokens (
  user_id uuid not null references users (id) on delete cascade,
  kind text not null check (kind in ('email_confirmation', 'password_reset')),
  digest bytea not null check (length(digest) = 32),
  email_key text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, kind)
);
