-- Accounts brought from another system. What came is known by a digest of its source, with no name in it and no
-- reference to users, so that an account which was erased since does not come again.
create table imported_accounts (
  source_digest bytea primary key check (length(source_digest) = 32),
  user_id uuid not null,
  created_at timestamptz not null default now()
);

-- Their history: nothing was held for it here, and nothing charged.
alter table exchanges alter column hold_deadline drop not null;
alter table exchanges
  drop constraint exchanges_status_check,
  drop constraint exchanges_hold_state_check,
  add constraint exchanges_status_check
    check (status in ('pending', 'completed', 'failed', 'cancelled', 'imported')),
  add constraint exchanges_hold_state_check
    check (hold_state in ('open', 'captured', 'released', 'expired', 'none')),
  add constraint exchanges_imported_without_hold
    check ((status = 'imported') = (hold_state = 'none') and (hold_state <> 'none' or held = 0)),
  add constraint exchanges_hold_has_deadline check ((hold_state = 'none') = (hold_deadline is null));

-- Access tokens that the other system issued name no user: they alone are looked up by their digest.
alter table auth_tokens add column imported boolean not null default false;
create unique index auth_tokens_imported_digest on auth_tokens (digest) where imported;
