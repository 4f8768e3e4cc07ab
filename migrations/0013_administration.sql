-- What administrators look through is listed newest first, whoever's it is: by the ids, which tell their time.
create index exchanges_by_id on exchanges (id);
create index entries_by_id on entries (id);

-- Names in the order of their bytes, the same under every collation.
create index users_by_username on users (username_key collate "C");

create index audit_events_of_actor on audit_events (actor_id, id);
create index audit_events_of_subject on audit_events (subject_id, id);
