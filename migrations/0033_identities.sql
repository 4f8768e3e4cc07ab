-- Identities of accounts at providers: whose issuer and subject they are, never an email.
create table identities (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  issuer text not null,
  subject text not null,
  label text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  primary key (user_id, id),
  constraint identities_of_one_account unique (issuer, subject)
);

-- Sign-ins that have begun at a provider. All that protects one follows from a secret that only the browser has.
create table sign_in_attempts (
  digest bytea primary key check (length(digest) = 32),
  provider_id text not null,
  user_id uuid references users (id) on delete cascade,
  expires_at timestamptz not null
);

create index sign_in_attempts_of_accounts on sign_in_attempts (user_id) where user_id is not null;
