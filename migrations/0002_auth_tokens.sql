-- Sessions, and the auth tokens that prove them. A secret is kept only as its SHA-256.
create table sessions (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  user_agent text,
  created_at timestamptz not null default now(),
  primary key (user_id, id)
);

create table auth_tokens (
  user_id uuid not null,
  digest bytea not null check (length(digest) = 32),
  kind text not null check (kind in ('access')),
  session_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, digest),
  foreign key (user_id, session_id) references sessions (user_id, id) on delete cascade
);

create index auth_tokens_of_session on auth_tokens (user_id, session_id);
