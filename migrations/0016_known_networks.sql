-- Networks from which the owner of an account signed in, each only as a SHA-256 of the account and the network together.
create table known_networks (
  user_id uuid not null references users (id) on delete cascade,
  digest bytea not null check (length(digest) = 32),
  used_at timestamptz not null default now(),
  primary key (user_id, digest)
);
