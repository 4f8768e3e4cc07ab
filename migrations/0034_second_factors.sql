-- Second factors of accounts. Servers of the version before go on working: the new column of sessions may be null.

-- The secret of an authenticator app, encrypted by a key that is not in the database. `last_step`: the step of the last code
-- that was accepted.
create table totp_factors (
  user_id uuid primary key references users (id) on delete cascade,
  sealed_secret text not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  digest bytea not null check (length(digest) = 32),
  primary key (user_id, digest)
);

create table passkeys (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  credential_id text not null,
  public_key text not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null,
  backed_up boolean not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (user_id, id),
  constraint passkeys_credential unique (user_id, credential_id)
);

-- Challenges that prove an identity within minutes. `user_id` is null for a sign-in without a name.
create table identity_challenges (
  digest bytea primary key check (length(digest) = 32),
  purpose text not null,
  user_id uuid references users (id) on delete cascade,
  password_version integer,
  expires_at timestamptz not null
);
create index identity_challenges_user on identity_challenges (user_id);
create index identity_challenges_expiry on identity_challenges (expires_at);

-- When the user of a session last proved their identity: at the sign-in, and whenever a sensitive change requires it. Sessions
-- that are open now have not proved it recently.
alter table sessions add column proved_at timestamptz;
alter table sessions alter column proved_at set default now();
