-- What a repeated request to move a balance is known by, for good: an entry is never changed.
alter table entries
  add column idempotency_key text,
  add constraint entries_key_of_no_charge check (idempotency_key is null or kind <> 'charge');

create unique index entries_idempotency_key on entries (user_id, idempotency_key) where idempotency_key is not null;
