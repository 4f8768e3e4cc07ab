-- Vouchers: codes that give credits. A batch is made at once and can be ended; of a code only the digest is stored.
create table voucher_batches (
  id uuid primary key,
  name text,
  codes integer not null check (codes > 0),
  credits bigint not null check (credits between 1 and 9007199254740991),
  max_redemptions integer not null check (max_redemptions > 0),
  expires_at timestamptz,
  credits_ttl_ms bigint check (credits_ttl_ms > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);

create table vouchers (
  digest bytea primary key check (length(digest) = 32),
  batch_id uuid not null references voucher_batches (id),
  redemptions integer not null default 0,
  max_redemptions integer not null,
  constraint vouchers_redeemed_within_maximum check (redemptions between 0 and max_redemptions)
);

create index vouchers_redeemed on vouchers (batch_id) where redemptions > 0;

-- Like the entries, these rows do not refer to users, and stay on record when an account is erased.
create table voucher_redemptions (
  user_id uuid not null,
  digest bytea not null references vouchers (digest),
  batch_id uuid not null,
  entry_id uuid not null,
  credits bigint not null,
  created_at timestamptz not null default now(),
  primary key (user_id, digest)
);

-- What was left in a lot whenever that was written, for what a lot gave in a month. A lot that has no row had all of its
-- credits until its first one.
create table lot_changes (
  user_id uuid not null,
  lot_id uuid not null,
  changed_at timestamptz not null,
  left_over bigint not null,
  primary key (user_id, lot_id, changed_at)
);

-- Of the lots that exist, only the beginning and the present are known.
insert into lot_changes (user_id, lot_id, changed_at, left_over)
select user_id, id, created_at, least(amount, 9007199254740991) from lots;
insert into lot_changes (user_id, lot_id, changed_at, left_over)
select user_id, id, now(), left_over from lots where left_over < amount
on conflict do nothing;
