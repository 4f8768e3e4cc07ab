-- The service key that did it. Servers of the version before write no such event.
alter table audit_events add column service_key_id uuid;

create index audit_events_of_service_key on audit_events (service_key_id, id) where service_key_id is not null;
