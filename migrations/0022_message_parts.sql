-- The images and files of a message; the parts of a reply, if they are not the text and then the calls of tools.
-- `stop_requested_at`: when the account asked the server that writes the reply to end it.
-- Servers of the version before go on working: each new column may be null.
alter table exchanges
  add column attachments jsonb,
  add column reply_parts jsonb,
  add column stop_requested_at timestamptz;
