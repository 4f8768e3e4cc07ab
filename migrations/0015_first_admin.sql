-- Secrets by which the first administrator is made, each kept only as its SHA-256: whichever server gave one out, any of
-- them takes it.
create table first_admin_secrets (
  digest bytea primary key check (length(digest) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
