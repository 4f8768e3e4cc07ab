-- Sessions are refreshed by pairs: an access token and the refresh token that brings the next pair.
alter table sessions add column last_used_at timestamptz not null default now();

alter table auth_tokens drop constraint auth_tokens_kind_check;
alter table auth_tokens
  add column pair_id uuid,
  add column consumed_at timestamptz,
  add constraint auth_tokens_kind_check check (kind in ('access', 'refresh')),
  add constraint auth_tokens_only_refresh_is_consumed check (consumed_at is null or kind = 'refresh');
update auth_tokens set pair_id = session_id;
alter table auth_tokens alter column pair_id set not null;

-- Keys for programs. They belong to the account, not to a session.
create table api_keys (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  digest bytea not null check (length(digest) = 32),
  name text not null,
  last_characters text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  primary key (user_id, id),
  unique (user_id, digest)
);
