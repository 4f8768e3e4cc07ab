-- True while expired lots keep credits for open holds: what such a hold gives back is due at once.
alter table balances add column keeps_expired boolean not null default false;

-- The lot that was named for an entry that removes credits: a repetition with the same idempotency key names the same one.
alter table entries add column lot_id uuid;
