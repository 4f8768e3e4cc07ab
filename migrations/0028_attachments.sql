-- What lists show of the attachments of a message: a page of exchanges does not read megabytes of images.
-- The models that were asked for a reply and failed, if any; the stop sequence at which a reply ended, if the provider says.
-- Servers of the version before go on working: each new column may be null.
alter table exchanges
  add column attachment_list jsonb,
  add column failed_models jsonb,
  add column stop_sequence text;

-- A server of version 0.1 that erases a conversation or an account does not know these columns.
create function forget_erased_parts() returns trigger language plpgsql as $$
begin
  new.attachments := null;
  new.attachment_list := null;
  new.reply_parts := null;
  new.stop_sequence := null;
  return new;
end
$$;

-- Only statements that set `erased` run it: no statement of a chat does.
create trigger exchanges_erased before update of erased on exchanges
  for each row when (new.erased) execute function forget_erased_parts();
