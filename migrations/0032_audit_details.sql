-- What an event changed, by how much and why: {amount, reason, changes}. Null if there is no more to say, or the account was erased.
alter table audit_events add column details jsonb;
