-- The exchange that this one follows: an earlier one of its conversation, or its own id if it follows none. Null: the one before it in
-- time, as in every conversation without branches. Servers of the version before go on working: they write null.
alter table exchanges add column after_id uuid;

-- True once an exchange of the conversation has an `after_id`; otherwise none is looked for.
alter table conversations add column has_branches boolean not null default false;
