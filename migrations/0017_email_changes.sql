-- Changes of an email: pending until the new address is confirmed, and kept after that for as long as the former address can
-- cancel them. The secret that is mailed to the former address is kept only as its SHA-256. A removal takes effect at once.
create table email_changes (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  former_email text,
  former_email_key text,
  email text,
  email_key text,
  cancel_digest bytea check (length(cancel_digest) = 32),
  by_admin boolean not null default false,
  requested_at timestamptz not null default now(),
  took_effect_at timestamptz,
  cancellable_until timestamptz,
  primary key (user_id, id),
  constraint email_changes_cancelled_by_the_former check (cancel_digest is null or former_email_key is not null),
  constraint email_changes_pending_has_address check (took_effect_at is not null or email_key is not null),
  constraint email_changes_end_after_effect check ((took_effect_at is null) = (cancellable_until is null))
);

create unique index email_changes_one_pending on email_changes (user_id) where took_effect_at is null;
